"""What an update does with files that the template renamed or dropped, and with retired answers."""

import shutil
from pathlib import Path

import pytest
import yaml

from releases.git import IDENTITY, git
from releases.tagged import WORK_TREE
from tests.flow.conftest import CopierCommand
from tests.updates import user

NEXT = "v100.0.0"
TEMPLATE = "template-flask-minimal"


@pytest.fixture
def suite(releases: Path, tmp_path: Path) -> Path:
    """Return a clone to make a further release in."""
    folder = tmp_path / "suite"
    git(tmp_path, "clone", "--quiet", releases, folder)
    git(folder, "checkout", "--quiet", WORK_TREE)
    return folder


@pytest.fixture
def project(suite: Path, tmp_path: Path, copier_command: CopierCommand) -> Path:
    """Return a minimal project."""
    folder = tmp_path / "project"
    options = ("-f", "--trust", "-q", "-r", WORK_TREE, "-d", "preset=minimal")
    copied = copier_command("copy", *options, suite, folder)
    assert copied.returncode == 0, copied.stderr
    user.begin(folder)
    return folder


def release(suite: Path, text: str, path: str = "migrations/paths.yml") -> None:
    """Write what migrations read, and release the clone's work tree."""
    (suite / path).write_text(text)
    git(suite, "add", "--all")
    git(suite, *IDENTITY, "commit", "--quiet", "--message", "Change")
    git(suite, "tag", NEXT)


def append(path: Path, text: str) -> None:
    path.write_text(path.read_text() + text)


def test_edit_moves_with_a_renamed_file(
    suite: Path, project: Path, copier_command: CopierCommand
) -> None:
    app = suite / TEMPLATE / "app"
    (app / "listing.py").rename(app / "lists.py")
    append(app / "lists.py", "\n\nTHEIRS = 1\n")
    release(suite, "100.0.0: {moved: {app/listing.py: app/lists.py}}\n")
    listing = project / "app/listing.py"
    listing.write_text(listing.read_text().replace('"""Lists', '"""Our lists'))
    user.commit(project, "Edit")
    result = copier_command("update", "--trust", "--defaults", cwd=project)
    assert result.returncode == 0, result.stderr
    assert not listing.exists()
    merged = (project / "app/lists.py").read_text()
    assert merged.startswith('"""Our lists')
    assert merged.endswith("THEIRS = 1\n")
    assert "git checkout" not in result.stdout


def test_renamed_file_that_the_user_deleted_stays_away(
    suite: Path, project: Path, copier_command: CopierCommand
) -> None:
    (suite / TEMPLATE / "AGENTS.md.jinja").rename(suite / TEMPLATE / "AGENT.md.jinja")
    release(suite, "100.0.0: {moved: {AGENTS.md: AGENT.md}}\n")
    (project / "AGENTS.md").unlink()
    user.commit(project, "Delete")
    result = copier_command("update", "--trust", "--defaults", cwd=project)
    assert result.returncode == 0, result.stderr
    assert not list(project.glob("AGENT*"))


@pytest.mark.parametrize("edited", [True, False])
def test_removed_file_is_named_if_it_was_edited(
    edited: bool, suite: Path, project: Path, copier_command: CopierCommand
) -> None:
    (suite / TEMPLATE / "app/health.py").unlink()
    release(suite, "100.0.0: {removed: {app/health.py: a reason}}\n")
    if edited:
        append(project / "app/health.py", "OURS = 1\n")
        user.commit(project, "Edit")
    result = copier_command("update", "--trust", "--defaults", cwd=project)
    assert result.returncode == 0, result.stderr
    assert not (project / "app/health.py").exists()
    command = "git checkout HEAD -- app/health.py"
    assert (command in result.stdout) is edited
    if edited:
        git(project, *command.split()[1:])
        assert (project / "app/health.py").read_text().endswith("OURS = 1\n")


def test_retired_answers_are_renewed(
    suite: Path, project: Path, copier_command: CopierCommand
) -> None:
    for name in ("data", "rules", "presets", "computed"):
        path = suite / f"questions/{name}.yml"
        text = path.read_text().replace("'sqlite'", "'lite'")
        path.write_text(text.replace(": sqlite}", ": lite}").replace(": sqlite\n", ": lite\n"))
    retired = {"questions": {"colour": None}, "choices": {"database": {"sqlite": "lite"}}}
    release(suite, yaml.safe_dump(retired), "questions/retired.yml")
    result = copier_command("update", "--trust", "--defaults", cwd=project)
    assert result.returncode == 0, result.stderr
    assert "\ndatabase: lite\n" in (project / ".copier-answers.yml").read_text()
    assert "git checkout" not in result.stdout
    assert (project / "app/dialect").is_dir()


def test_refused_update_changes_nothing(
    suite: Path, project: Path, copier_command: CopierCommand
) -> None:
    release(suite, "100.0.0: {moved: {app/listing.py: app/lists.py}}\n")
    result = copier_command(
        "update", "--trust", "--defaults", "-d", "framework=django", cwd=project
    )
    assert result.returncode == 1
    assert "framework cannot change from 'flask' to 'django'" in result.stderr.splitlines()[-1]
    assert git(project, "status", "--porcelain") == ""


def test_migrations_of_a_project_in_a_folder_of_its_repository(
    suite: Path, project: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    app = suite / TEMPLATE / "app"
    (app / "listing.py").rename(app / "lists.py")
    release(suite, "100.0.0: {moved: {app/listing.py: app/lists.py}}\n")
    whole = tmp_path / "whole"
    shutil.copytree(project, whole / "backend", ignore=shutil.ignore_patterns(".git"))
    user.begin(whole)
    append(whole / "backend/app/listing.py", "OURS = 1\n")
    (whole / "backend/app/main.py").unlink()
    user.commit(whole, "Edit")
    result = copier_command("update", "--trust", "--defaults", cwd=whole / "backend")
    assert result.returncode == 0, result.stderr
    assert (whole / "backend/app/lists.py").read_text().endswith("OURS = 1\n")
