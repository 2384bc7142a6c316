"""Updates of a project from one release of the suite to the next."""

from pathlib import Path

import pytest

from tests.flow.conftest import CopierCommand, Git, Rendered

INITIAL = "migrations/versions/0001_initial.py"
MIGRATIONS = "template-fastapi/{% if use_alchemy %}migrations{% endif %}/versions"
README = "template-fastapi/RELEASE.md"


def write_release(releases: Path, version: str) -> None:
    (releases / README).write_text(f"{version}\n")
    initial = releases / "shared/files" / INITIAL
    initial.parent.mkdir(parents=True, exist_ok=True)
    initial.write_text(f'"""The first migration as of {version}."""\n')
    (releases / MIGRATIONS / f"0004_{version}.py").touch()


@pytest.fixture
def project(rendered_release: Rendered) -> Path:
    """Return a committed project of the first of two releases."""
    return rendered_release(write_release)


@pytest.mark.parametrize("operation", [("update",), ("recopy", "--overwrite")], ids=lambda o: o[0])
def test_migrations_are_the_projects_own(
    operation: tuple[str, ...], project: Path, copier_command: CopierCommand
) -> None:
    migrations = sorted(project.glob("migrations/versions/*.py"))
    result = copier_command(*operation, "--trust", "--defaults", cwd=project)
    assert result.returncode == 0, result.stderr
    assert (project / "RELEASE.md").read_text() == "v2.0.0\n"
    assert sorted(project.glob("migrations/versions/*.py")) == migrations
    assert "v1.0.0" in (project / INITIAL).read_text()


def test_update_switches_an_option(project: Path, copier_command: CopierCommand) -> None:
    result = copier_command(
        "update", "--trust", "--defaults", "-d", "features=[metrics]", cwd=project
    )
    assert result.returncode == 0, result.stderr
    assert "- metrics" in (project / ".copier-answers.yml").read_text()


def test_framework_cannot_change(project: Path, git: Git, copier_command: CopierCommand) -> None:
    result = copier_command(
        "update", "--trust", "--defaults", "-d", "framework=django", cwd=project
    )
    assert result.stderr.splitlines()[-1] == (
        "framework cannot change from 'fastapi' to 'django': copy a new project instead."
    )
    assert result.returncode == 1
    assert git(project, "status", "--porcelain") == ""
