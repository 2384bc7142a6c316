"""A project under update: its git, and the answers it has now and had before."""

import subprocess
from pathlib import Path
from typing import Any

import yaml

RETIRED = Path(__file__).resolve().parent.parent / "questions/retired.yml"


def git(*arguments: str, folder: Path, check: bool = True) -> bytes:
    """Return what git prints."""
    return subprocess.run(  # noqa: S603
        ["git", *arguments],  # noqa: S607
        cwd=folder,
        check=check,
        stdout=subprocess.PIPE,
    ).stdout


def paths(*arguments: str, folder: Path) -> list[str]:
    """Return the paths that git prints when told to end each with a NUL."""
    printed = git(*arguments, folder=folder).decode()
    return [path for path in printed.split("\0") if path]


def committed(path: str | Path, folder: Path) -> bytes:
    """Return a file of the project as of the last commit, which the update began from."""
    return git("show", f"HEAD:./{Path(path).as_posix()}", folder=folder)


def is_committed(path: str, folder: Path) -> bool:
    """Return whether the last commit has the file."""
    return bool(git("ls-tree", "HEAD", "--", path, folder=folder))


def answers(text: bytes) -> dict[str, Any]:
    """Return what an answers file holds."""
    loaded = yaml.safe_load(text)
    return loaded if isinstance(loaded, dict) else {}


def renewed(stored: dict[str, Any]) -> dict[str, Any]:
    """Return answers of an earlier release under the questions and choices of this one."""
    if not any(yaml.safe_load(RETIRED.read_text("utf-8")).values()):
        return stored
    from extensions import guard

    return guard.renewed(stored)
