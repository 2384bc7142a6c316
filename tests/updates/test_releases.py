"""Projects of every release and preset, in which somebody has worked, updated to the work tree."""

import subprocess
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from extensions import guard
from migrations.changelog import between
from migrations.record import since
from releases.git import git
from releases.tagged import ROOT, WORK_TREE, tags
from tests.flow.conftest import CopierCommand
from tests.updates import user
from tests.verifier.paths import tool
from tests.verifier.tree import files

ANSWERS = ".copier-answers.yml"


class Case(NamedTuple):
    """A release, and the preset that the project is of."""

    tag: str
    preset: str

    @property
    def data(self) -> list[str]:
        """The options for the command line; the first release had no presets."""
        return [] if self.tag == "v0.1.0" else ["-d", f"preset={self.preset}"]


CASES = [
    Case(tag, preset)
    for tag in tags()
    for preset in (["todo"] if tag == "v0.1.0" else guard.presets())
]


class Updated(NamedTuple):
    """A project after its update: its folder, what the update said, and a fresh render."""

    case: Case
    folder: Path
    said: str
    fresh: Path


@pytest.fixture(scope="module", params=CASES, ids="-".join)
def updated(
    request: pytest.FixtureRequest,
    releases: Path,
    copier_command: CopierCommand,
    tmp_path_factory: pytest.TempPathFactory,
) -> Updated:
    case: Case = request.param
    scratch = tmp_path_factory.mktemp("updated")
    folder, fresh = scratch / "project", scratch / "fresh"
    copier_command("copy", "-f", "--trust", "-q", "-r", case.tag, *case.data, releases, folder)
    user.begin(folder)
    user.live_in(folder, answers(folder))
    user.commit(folder, "Work")
    result = copier_command("update", "--trust", "--defaults", "-r", WORK_TREE, cwd=folder)
    assert result.returncode == 0, result.stderr
    given = ("--data-file", folder / ANSWERS)
    copier_command("copy", "-f", "--trust", "-q", "-r", WORK_TREE, *given, releases, fresh)
    return Updated(case, folder, result.stdout, fresh)


def answers(project: Path) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((project / ANSWERS).read_text())
    return loaded


def test_only_what_both_changed_is_in_conflict(updated: Updated) -> None:
    unmerged = git(updated.folder, "diff", "--name-only", "--diff-filter=U").splitlines()
    assert unmerged == irreconcilable(updated)
    assert user.section(updated.said, "Both you and the template changed these") == unmerged
    for name in unmerged:
        assert "<<<<<<< before updating\n" in (updated.folder / name).read_text()


def test_the_hook_refuses_conflicts(updated: Updated) -> None:
    if not (updated.folder / ".pre-commit-config.yaml").exists():
        return
    conflicts = irreconcilable(updated)
    checked = subprocess.run(  # noqa: S603
        [tool("prek"), "run", "conflict-markers", "--files", *(conflicts or ["README.md"])],
        cwd=updated.folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (checked.returncode == 1) == bool(conflicts), checked.stdout


def test_every_line_of_the_user_is_there(updated: Updated) -> None:
    for name, lines in added(updated.folder).items():
        assert lines <= set((updated.folder / name).read_text().splitlines()), name


def test_deleted_files_stay_deleted_and_others_untouched(updated: Updated) -> None:
    assert not [name for name in user.DELETED if (updated.folder / name).exists()]
    for name, text in {**user.IGNORED, **user.LOCK}.items():
        assert (updated.folder / name).read_text() == text


def test_what_one_side_changed_is_as_it_left_it(updated: Updated) -> None:
    """Files that the user did not touch are the new template's, the others' the user's."""
    folder = updated.folder
    touched = {*git(folder, "diff", "--name-only", "HEAD~1", "HEAD").splitlines(), ANSWERS}
    rendered = {path.relative_to(updated.fresh).as_posix() for path in files(updated.fresh)}
    for name in sorted(rendered - touched):
        if not user.is_copied_once(name):
            assert (folder / name).read_bytes() == (updated.fresh / name).read_bytes(), name
    moved = since(updated.case.tag).moved
    for name in git(folder, "ls-tree", "-r", "--name-only", "HEAD").splitlines():
        if name in moved:
            assert not (folder / name).exists(), name
        elif name not in rendered or user.is_copied_once(name):
            assert (folder / name).read_text() == git(folder, "show", f"HEAD:{name}"), name


def test_the_update_says_what_is_new(updated: Updated) -> None:
    new = between((ROOT / "CHANGELOG.md").read_text(), updated.case.tag, WORK_TREE)
    said = user.section(updated.said, "New in the template")
    assert [line for line in said if line[0] not in " -"] == [found.version for found in new]
    assert updated.said.startswith("\nNew in the template:\n")


def test_answers_are_kept(updated: Updated) -> None:
    before: dict[str, Any] = yaml.safe_load(git(updated.folder, "show", f"HEAD:{ANSWERS}"))
    now = answers(updated.folder)
    assert now["_commit"] == WORK_TREE
    assert before | {"_commit": WORK_TREE} == {name: now[name] for name in before}


def test_the_update_says_what_to_run(updated: Updated) -> None:
    first, *_, last = user.section(updated.said, "Then run")
    assert (first, last) == ("make install", "make lint test")


def irreconcilable(updated: Updated) -> list[str]:
    """Return the files in which git itself cannot merge the user's lines and the template's."""
    found = []
    for name in git(
        updated.folder, "diff", "--name-only", "--diff-filter=M", "HEAD~1", "HEAD"
    ).split():
        sides = [updated.folder.parent / part for part in ("ours", "base")]
        for side, commit in zip(sides, ("HEAD", "HEAD~1"), strict=True):
            side.write_text(git(updated.folder, "show", f"{commit}:{name}"))
        theirs = updated.fresh / name
        command = [tool("git"), "merge-file", "-p", *map(str, sides), str(theirs)]
        if subprocess.run(command, check=False, capture_output=True).returncode:  # noqa: S603
            found.append(name)
    return found


def added(folder: Path) -> dict[str, set[str]]:
    """Return the lines that the user's commit added, by file."""
    found: dict[str, set[str]] = {}
    name = ""
    for line in git(folder, "diff", "--unified=0", "--no-renames", "HEAD~1", "HEAD").splitlines():
        if line.startswith("+++ "):
            name = line.removeprefix("+++ b/")
        elif line.startswith("+") and name != "+++ /dev/null":
            found.setdefault(name, set()).add(line[1:])
    return found
