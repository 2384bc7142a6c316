"""Somebody who works in a project: a resource of their own, edits here and there, files gone."""

import re
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from releases.git import IDENTITY, git

WORK = Path(__file__).parent / "work"
DELETED = ("AGENTS.md", ".dockerignore")
MAYBE_ABSENT = (".github/workflows/ci.yml", ".gitlab-ci.yml", *DELETED)
IGNORED = {".env": "SECRET_KEY=mine\n"}
LOCK = {"uv.lock": "version = 1\n"}
ROUTER = "app/routers/notes.py"
# What FastAPI's routers said in the first release, and say now (CHANGELOG.md).
FIRST_IMPORTS = "from app.dependencies import AppSettings, CurrentUser, Session\n"
IMPORTS = """\
from app.authentication import CurrentUser
from app.dependencies import AppSettings, Session
"""


def begin(project: Path) -> None:
    """Commit what was rendered."""
    git(project, "init", "--quiet")
    commit(project, "Render")


def live_in(project: Path, answers: Mapping[str, Any]) -> None:
    """Do the work of somebody whose project these answers rendered."""
    for name, replacements in _edits(answers).items():
        if name not in MAYBE_ABSENT or (project / name).exists():
            edit(project / name, replacements)
    for folder in _folders(answers):
        shutil.copytree(folder / "files", project, dirs_exist_ok=True)
    for path in (project / "migrations/versions").glob("notes.py"):
        newest = max(other.stem for other in path.parent.glob("0*.py"))
        edit(path, {'"HEAD"': f'"{newest.partition("_")[0]}"'})
    if not (project / "app/authentication.py").exists():
        _replace(project / ROUTER, IMPORTS, FIRST_IMPORTS)
    for name in DELETED:
        (project / name).unlink(missing_ok=True)
    for name, text in {**IGNORED, **LOCK}.items():
        (project / name).write_text(text)


def follow_changelog(project: Path) -> None:
    """Change in our own files what the changelog asks for."""
    _replace(project / ROUTER, FIRST_IMPORTS, IMPORTS)


def edit(path: Path, replacements: dict[str, str]) -> None:
    """Replace each text, which must be there once; packages stand elsewhere with some managers."""
    content = path.read_text("utf-8")
    if path.name == "pyproject.toml" and "\ndependencies = [" not in content:
        return
    for old, new in replacements.items():
        assert content.count(old) == 1, f"{path.name} has {content.count(old)} x {old!r}"
        content = content.replace(old, new)
    path.write_text(content, "utf-8")


def settle(project: Path, answers: Mapping[str, Any]) -> list[str]:
    """Take the template's side of every file in conflict, do our edits again, and name them."""
    unmerged = git(project, "diff", "--name-only", "--diff-filter=U").splitlines()
    edits = _edits(answers)
    for name in unmerged:
        (project / name).write_text(git(project, "show", f":3:{name}"))
        edit(project / name, edits[name])
        git(project, "add", name)
    return unmerged


def edited(answers: Mapping[str, Any]) -> set[str]:
    """Return the files of the template that the work changes."""
    return set(_edits(answers))


def commit(project: Path, message: str) -> None:
    """Commit all that is not ignored."""
    git(project, "add", "--all")
    git(project, *IDENTITY, "commit", "--quiet", "--no-verify", "--message", message)


def section(said: str, heading: str) -> list[str]:
    """Return the lines that an update said under a heading."""
    below = said.partition(f"\n{heading}")[2].partition("\n\n")[2].partition("\n\n")[0]
    return below.splitlines()


def is_copied_once(name: str) -> bool:
    """Return whether updates leave this alone: the migrations of the database."""
    return bool(re.search(r"(^|/)migrations/(versions/.+|0\d+_\w+)\.py$", name))


def _replace(path: Path, old: str, new: str) -> None:
    if path.exists():
        path.write_text(path.read_text().replace(old, new))


def _edits(answers: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the replacements by file; an object-relational mapper's own stand for the others."""
    found: dict[str, dict[str, str]] = {}
    for path in (folder / "edits.yml" for folder in _folders(answers)):
        found |= yaml.safe_load(path.read_text()) if path.exists() else {}
    return found


def _folders(answers: Mapping[str, Any]) -> list[Path]:
    """Return where the work stands: that of the framework, then that of its mapper."""
    framework = answers["framework"]
    if answers.get("profile") == "minimal":
        return [WORK / f"{framework}-minimal"]
    folders = WORK / framework, WORK / f"{framework}-{answers.get('orm', 'sqlalchemy')}"
    return [folder for folder in folders if folder.exists()]
