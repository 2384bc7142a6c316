"""docs/files.md: which files of a project each choice changes, seen by rendering both."""

import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from extensions import guard
from schema.choices import answer, deciding, shown
from tests.verifier.render import ANSWERS, render

FILE = Path(__file__).resolve().parent.parent / "docs" / "files.md"

HEAD = f"""\
# Files

Written by `make schema`, which renders each choice and compares. A row says which files are there
or read otherwise than with the framework's default; a folder's name says that all of it does.
Where a choice cannot stand without another, as a queue without a broker, both are meant. All change
`{ANSWERS}`. `framework` and `profile` decide the whole layout, and cannot change.
"""

TABLE_HEAD = ("| choice | framework | files |", "| --- | --- | --- |")

LAYOUT = {"framework", "profile"}

Answers = Mapping[str, Any]
Tree = Mapping[str, bytes]


def text() -> str:
    """Return what the file has to hold."""
    projects = Projects()
    sections = (_section(name, projects) for name in deciding() if name not in LAYOUT)
    return "\n".join([HEAD, *filter(None, sections)])


class Projects:
    """Rendered projects, each made once."""

    def __init__(self) -> None:
        self.trees: dict[str, Tree] = {}

    def tree(self, answers: Answers) -> Tree:
        """Return each file of the project with these answers, and what it holds."""
        chosen = {name: answers[name] for name in deciding()}
        key = repr(chosen)
        if key not in self.trees:
            with tempfile.TemporaryDirectory() as folder:
                render(chosen, Path(folder) / "project")
                self.trees[key] = _read(Path(folder) / "project")
        return self.trees[key]


def changed(old: Tree, new: Tree) -> list[str]:
    """Return the paths that differ, a folder's with a slash where all that it holds does."""
    every = old.keys() | new.keys()
    differing = {path for path in every if old.get(path) != new.get(path)}
    return sorted({_widest(path, differing, every) for path in differing})


def _widest(path: str, differing: set[str], every: set[str]) -> str:
    """Return the outermost folder of a path in which everything differs, or the path."""
    for parent in reversed(Path(path).parents[:-1]):
        folder = f"{parent.as_posix()}/"
        if {other for other in every if other.startswith(folder)} <= differing:
            return folder
    return path


def _section(name: str, projects: Projects) -> str:
    rows = [
        f"| `{shown(choice)}` | {framework} | {paths} |"
        for choice in guard.choices(guard.asked()[name])
        for framework, paths in _told(_changes(name, choice, projects)).items()
    ]
    return "\n".join([f"## `{name}`", "", *TABLE_HEAD, *rows, ""]) if rows else ""


def _changes(name: str, choice: Any, projects: Projects) -> dict[str, str]:
    """Return what a choice changes in each framework where there is something to compare."""
    found = {}
    for framework in guard.choices(guard.asked()["framework"]):
        answers, usual = _pair(name, choice, framework)
        if answers != usual:
            paths = changed(projects.tree(usual), projects.tree(answers))
            found[framework] = ", ".join(f"`{path}`" for path in paths)
    return found


def _told(changes: Mapping[str, str]) -> Mapping[str, str]:
    """Return one entry for all frameworks where they are alike."""
    is_one = len(set(changes.values())) == 1
    return {", ".join(changes): next(iter(changes.values()))} if is_one else changes


def _pair(name: str, choice: Any, framework: str) -> tuple[Answers, Answers]:
    """Return a project's answers with a choice, and those that it is compared with.

    They are equal where there is nothing to compare: the choice is the default, or does not go
    with the framework, or with another layout alone.
    """
    usual = guard.defaults({"framework": framework})
    answers = guard.defaults({"framework": framework, name: answer(name, choice)})
    moved = {other for other in answers if other != name and answers[other] != usual[other]}
    if guard.conflicts(answers) or moved & LAYOUT:
        return usual, usual
    beside = guard.defaults({"framework": framework, **{other: answers[other] for other in moved}})
    return answers, usual if beside == answers else beside


def _read(folder: Path) -> Tree:
    files = (path for path in sorted(folder.rglob("*")) if path.is_file())
    found = {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}
    del found[ANSWERS]
    return found
