"""Delivery files that their own programs would refuse are found."""

from pathlib import Path

import pytest

from tests.verifier import delivery
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError
from tests.verifier.stages import check_tree


def test_the_default_project_passes(rendered: Path) -> None:
    assert delivery.findings(rendered) == []


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        (".gitlab-ci.yml", "image:\n  script: [make test]\n", ".gitlab-ci.yml::$.image"),
        (".github/workflows/ci.yml", "name: CI\njobs: {}\n", ".github/workflows/ci.yml::$"),
        ("compose.yaml", "services: {app: {comand: x}}\n", "compose.yaml::$.services.app"),
        (".devcontainer/compose.yaml", "service: {}\n", ".devcontainer/compose.yaml::$"),
        ("compose.yaml", "services: [", "compose.yaml: "),
    ],
)
def test_faults_are_found(make_project: MakeProject, name: str, text: str, finding: str) -> None:
    found = delivery.findings(make_project({name: text}).folder)
    assert found
    assert all(line.startswith(finding) for line in found)


def test_the_stage_fails_with_the_findings(make_project: MakeProject) -> None:
    project = make_project({"compose.yaml": "service: {}\n"})
    with pytest.raises(StageError, match=r"compose\.yaml::\$"):
        check_tree(project)
