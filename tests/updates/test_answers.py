"""A project with somebody's work changes one answer: it is then what it would have been from the
first, and after the change back it is as it was.

`TRIVET_FLIPS=all` takes every change on every template; without it each is taken on one of them.
"""

import os
import shutil
from collections.abc import Callable, Container, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from copier import run_copy, run_update
from copier.errors import UserMessageError

from extensions import guard
from releases.tagged import ROOT, WORK_TREE
from tests.updates import user
from tests.updates.flips import BASES, Flip, few, flips, refusals, refused
from tests.verifier.tree import files

ANSWERS = ".copier-answers.yml"
CHOSEN = list(flips()) if os.environ.get("TRIVET_FLIPS") == "all" else few()


@pytest.fixture(autouse=True, scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("settings") / "settings.yml"
    path.write_text("{}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPIER_SETTINGS_PATH", str(path))
        yield


@pytest.fixture(scope="module")
def projects(releases: Path, tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Path]:
    """Return a function that gives a template's project with somebody's work, for no test to
    change."""
    folder = tmp_path_factory.mktemp("projects")
    return cache(lambda template: worked(folder / template, releases, BASES[template]))


def worked(folder: Path, releases: Path, answers: dict[str, Any]) -> Path:
    """Render a project, and do and commit somebody's work in it."""
    run_copy(
        *(str(releases), folder),
        data=answers,
        vcs_ref=WORK_TREE,
        defaults=True,
        unsafe=True,
        quiet=True,
    )
    user.begin(folder)
    user.live_in(folder, answers)
    user.commit(folder, "Work")
    return folder


def update(project: Path, data: dict[str, Any]) -> None:
    """Change answers as `copier update --defaults --data` does."""
    run_update(
        project,
        data=data,
        vcs_ref=WORK_TREE,
        defaults=True,
        overwrite=True,
        unsafe=True,
        quiet=True,
    )


def tree(project: Path) -> dict[str, bytes]:
    """Return a project's files by path, and whether each is executable.

    The migrations of the database are left out: updates leave them alone.
    """
    return {
        path.relative_to(project).as_posix(): bytes([path.stat().st_mode & 0o100])
        + path.read_bytes()
        for path in files(project)
        if not user.is_copied_once(path.relative_to(project).as_posix())
    }


@pytest.mark.parametrize("flip", CHOSEN, ids=str)
def test_answer_changes_there_and_back(
    flip: Flip, projects: Callable[[str], Path], releases: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    shutil.copytree(projects(flip.template), project)
    loaded = yaml.safe_load((project / ANSWERS).read_text())
    stored = {name: value for name, value in loaded.items() if not name.startswith("_")}

    update(project, flip.data)
    unmerged = set(user.settle(project, stored))
    assert where_packages_were(flip) <= unmerged <= user.edited(stored)
    fresh = worked(tmp_path / "fresh", releases, {**stored, **flip.data})
    # Nobody has edited yet what the change brings.
    brought = user.edited(stored) - tree(projects(flip.template)).keys()
    assert_equal(project, fresh, besides=unmerged | brought)

    user.commit(project, "Change an answer")
    before = guard.defaults(stored)
    update(project, {name: before[name] for name in flip.data})
    # What the change took away comes back as the template makes it.
    assert_equal(project, projects(flip.template), besides=unmerged, among=tree(fresh))


def where_packages_were(flip: Flip) -> set[str]:
    """Return the file whose list of packages, with one of the user's, goes with the change."""
    if flip.question != "dependency_manager":
        return set()
    manager = yaml.safe_load((ROOT / f"questions/managers/{flip.value}.yml").read_text())
    return {"pyproject.toml"} - set(manager["inputs"])


def assert_equal(
    project: Path, other: Path, *, besides: set[str], among: Container[str] | None = None
) -> None:
    """Hold two trees against each other, or those of their files that are among some."""
    ours, theirs = (
        {name: content for name, content in tree(one).items() if among is None or name in among}
        for one in (project, other)
    )
    assert sorted(ours) == sorted(theirs)
    assert [name for name in sorted(ours.keys() - besides) if ours[name] != theirs[name]] == []


@pytest.mark.parametrize("flip", list(refused()), ids=str)
def test_refused_change_says_why(flip: Flip, tmp_path: Path) -> None:
    answers = guard.defaults(BASES[flip.template])
    texts = [name for name, question in guard.asked().items() if not guard.choices(question)]
    stored = {name: value for name, value in answers.items() if name not in texts}
    (tmp_path / ANSWERS).write_text(yaml.safe_dump(stored))
    with pytest.raises(UserMessageError) as refusal:
        guard.check_input({"data": flip.data, "dst_path": tmp_path, "defaults": True})
    assert any(str(refusal.value).startswith(reason) for reason in refusals(flip))
