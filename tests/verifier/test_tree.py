"""The stage `tree` finds each planted fault, and the words that it looks for are in use."""

import shutil
from pathlib import Path

import pytest

from extensions import guard
from tests.verifier import array, render, tree
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError
from tests.verifier.prove import complete
from tests.verifier.stages import check_tree

OFF = complete(array.bare())


def test_the_default_project_passes(rendered: Path) -> None:
    assert tree.findings(rendered, complete({})) == []


@pytest.mark.parametrize(
    ("name", "text", "finding"),
    [
        ("README.md", "Hello {{ project_name }}", "README.md:1: Jinja is left"),
        ("README.md", "{% if x %}", "README.md:1: Jinja is left"),
        ("app/{% if x %}a.py", "x = 1", "Jinja is left"),
        ("app/empty.py", "", "app/empty.py: empty"),
        ("app/only/__init__.py", " \n", "app/only/__init__.py: empty"),
        ("run.sh", "#!/bin/sh\n", "run.sh: is a script and not executable"),
        ("README.md", "Read Prometheus here", "README.md: speaks of prometheus"),
        ("compose.yaml", "x: 1", "compose.yaml: speaks of compose.yaml"),
    ],
)
def test_faults_are_found(make_project: MakeProject, name: str, text: str, finding: str) -> None:
    project = make_project({name: text})
    assert any(finding in line for line in tree.findings(project.folder, OFF))


@pytest.mark.parametrize(
    ("queue", "findings"),
    [
        ("none", ["README.md: speaks of scheduler"]),
        ("celery", []),
        ("rq", []),
        ("taskiq", []),
        ("dramatiq", []),
        ("arq", []),
    ],
)
def test_a_word_may_be_that_of_several_choices(
    make_project: MakeProject, queue: str, findings: list[str]
) -> None:
    project = make_project({"README.md": "Start the scheduler"})
    assert tree.findings(project.folder, {**OFF, "task_queue": queue}) == findings


def test_an_executable_that_is_no_script_is_found(make_project: MakeProject) -> None:
    project = make_project({"README.md": "Hello"})
    (project.folder / "README.md").chmod(0o755)
    assert tree.findings(project.folder, OFF) == ["README.md: is executable and no script"]


def test_workflow_expressions_are_no_jinja(make_project: MakeProject) -> None:
    project = make_project({"ci.yml": "token: ${{ github.token }}\n"})
    assert tree.findings(project.folder, OFF) == []


def test_the_stage_fails_with_the_findings(make_project: MakeProject) -> None:
    project = make_project({"README.md": "{{ x }}"})
    with pytest.raises(StageError, match=r"1 findings: README\.md:1: Jinja is left"):
        check_tree(project)
    assert "Jinja is left" in project.log.read_text()


def test_what_tools_leave_is_not_the_project_s(make_project: MakeProject) -> None:
    project = make_project({".venv/x.py": "{{ x }}", "README.md": "Hello"})
    assert tree.findings(project.folder, OFF) == []


def test_each_choice_that_can_be_off_has_its_words() -> None:
    # Every project tests on SQLite; none leaves nothing; what is minimal is in every project.
    without = {"sqlite", "none", "minimal"}
    said = {question for question, _ in tree.TELLTALE}
    for name in said:
        for choice in guard.choices(guard.asked()[name]):
            if choice is not False and choice not in without:
                assert (name, choice) in tree.TELLTALE


def test_rendering_leaves_no_trace_of_a_planted_condition(tmp_path: Path) -> None:
    suite = tmp_path / "suite"
    render.copy_suite(suite)
    (suite / "template-fastapi/NOTES.md").write_text("Metrics are read by Prometheus.\n")
    project = tmp_path / "project"
    with pytest.MonkeyPatch.context() as patch:
        settings = tmp_path / "settings.yml"
        settings.write_text("{}\n")
        patch.setenv("COPIER_SETTINGS_PATH", str(settings))
        render.render({}, project, suite)
    assert "NOTES.md: speaks of prometheus" in tree.findings(project, complete({}))
    shutil.rmtree(project)
