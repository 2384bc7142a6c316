"""The dependency managers: how the questions say each is called, and where its program is."""

import fcntl
import os
import shlex
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import yaml

from tests.verifier.paths import ROOT, STATE

if TYPE_CHECKING:
    from tests.verifier.project import Project

FOLDER = ROOT / "questions/managers"
CACHES = ("uv", "pip", "poetry", "pdm", "pipenv")
# pip's own reading of its configuration, which no other program has to know the form of.
INDEX = """\
from pip._internal.commands import create_command
print(create_command("install").parser.get_default_values().index_url)
"""
# Poetry asks an index for JSON, which not each one has, unless it is told that it is a simple one.
SOURCE = """
[[tool.poetry.source]]
name = "index"
url = "{}"
priority = "primary"
"""


class Manager(NamedTuple):
    """One choice of `dependency_manager`: what installs it, and what stands before a command."""

    choice: str
    package: str
    run: str


@cache
def load(choice: str) -> Manager:
    """Return how this dependency manager is called."""
    told = yaml.safe_load((FOLDER / f"{choice}.yml").read_text())
    return Manager(choice, "".join(shlex.split(told["package"])), told["run"])


def program(manager: Manager) -> str:
    """Return the path of the manager's program, installed in an environment of its own unless it is
    in the suite's."""
    beside = Path(sys.executable).parent / manager.choice
    if beside.exists():
        return str(beside)
    folder = STATE / "tools" / manager.package
    done = folder / "done"
    with _alone(folder):
        if not done.exists():
            _install(manager.package, folder)
            done.touch()
    return str(folder / "bin" / manager.choice)


def environment(manager: Manager, python: Path) -> dict[str, str]:
    """Return the variables that give a manager this Python, the suite's caches and pip's index."""
    caches = {f"{name.upper()}_CACHE_DIR": STATE / "cache" / name for name in CACHES}
    return {
        **{name: os.environ.get(name, str(folder)) for name, folder in caches.items()},
        **({"PDM_PYPI_URL": index()} if manager.choice == "pdm" else {}),
        "PIPENV_DEFAULT_PYTHON_VERSION": str(python),
        "UV_PYTHON": str(python),
    }


def reach_index(project: "Project") -> None:
    """Point Poetry at pip's index, in the project under proof alone."""
    pyproject = project.folder / "pyproject.toml"
    if project.manager.choice == "poetry" and "tool.poetry.source" not in pyproject.read_text():
        with pyproject.open("a") as file:
            file.write(SOURCE.format(index()))


@cache
def index() -> str:
    """Return the address of the package index that pip uses."""
    asked = [sys.executable, "-c", INDEX]
    return subprocess.run(  # noqa: S603
        asked, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True
    ).stdout.strip()


def _install(package: str, folder: Path) -> None:
    for command in (
        [sys.executable, "-m", "venv", "--clear", str(folder)],
        [str(folder / "bin/pip"), "install", "-qq", package],
    ):
        subprocess.run(command, stdin=subprocess.DEVNULL, check=True)  # noqa: S603


@contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Hold off other threads and processes that want the same folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
