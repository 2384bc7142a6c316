"""What programs say of a project: its type hints, its test coverage, its OpenAPI document."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx2

from manifest.project import ManifestError, Project
from tests.verifier.paths import interpreter

METHODS = {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
# What the project's own commands must not inherit from the make and the environment of the suite.
PRIVATE = ("VIRTUAL_ENV", "MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES", "PYTHONPATH")
SECONDS = 60
HINTS = Path(__file__).with_name("hints.py")
PYTHON = ".venv/bin/python"


def type_hints(project: Project) -> Any:
    """Return the share of annotated functions.

    Raises:
        ManifestError: a file is no Python, or no interpreter here is as new as the project.
    """
    python = _interpreter(project)
    read = _run(project.folder, str(python), "-I", str(HINTS), *map(str, project.modules()))
    if read.returncode:
        raise ManifestError(f"{read.stderr.strip()} is no Python that {python.name} can parse.")
    return json.loads(read.stdout)


def test_coverage(folder: Path) -> float | None:
    """Return the percentage that the project's tests reached, or None where none is recorded.

    Raises:
        ManifestError: what is recorded cannot be read, or belongs to other files.
    """
    data = folder / ".coverage"
    if not data.is_file():
        return None
    if not (folder / PYTHON).exists():
        raise ManifestError(f"{data} cannot be read without {PYTHON}: run make install there.")
    options = ("--format=total", "--precision=2", "--fail-under=0")
    read = _run(folder, str(folder / PYTHON), "-m", "coverage", "report", *options)
    if read.returncode:
        raise ManifestError(f"{data} cannot be read: run make test there.")
    return float(read.stdout)


def endpoints(folder: Path, source: str = "") -> int | None:
    """Return how many operations the OpenAPI document has, or None where there is none to read.

    The document is read from a running project if `source` is its address, from a file if it is a
    path; else the project prints it, if its environment is installed.
    """
    if source:
        return _count(_read(source), source)
    if not (folder / ".venv").is_dir():
        return None
    return _count(_printed(folder), "make openapi")


def _count(text: str, source: str) -> int:
    try:
        document: Any = json.loads(text)
        paths = document["paths"].values()
    except (ValueError, TypeError, KeyError, AttributeError):
        raise ManifestError(f"{source} gives no OpenAPI document.") from None
    return sum(len(METHODS & set(path)) for path in paths)


def _read(source: str) -> str:
    try:
        if source.startswith(("http://", "https://")):
            return httpx2.get(source, timeout=SECONDS).raise_for_status().text
        return Path(source).read_text("utf-8")
    except (httpx2.HTTPError, httpx2.InvalidURL, OSError, ValueError) as error:
        reason = str(error).splitlines()[0].rstrip(".")
        raise ManifestError(f"{source} cannot be read: {reason}.") from None


def _printed(folder: Path) -> str:
    printed = _run(folder, "make", "-s", "openapi")
    if printed.returncode:
        raise ManifestError(f"make openapi fails in {folder}: run make install there.")
    return printed.stdout


def _interpreter(project: Project) -> Path:
    """Return an interpreter that parses the project, this one if it is new enough."""
    version = str(project.answers.get("python_version", "3.11"))
    own = project.folder / PYTHON
    if tuple(map(int, version.split("."))) <= sys.version_info[:2]:
        return Path(sys.executable)
    found = own if own.exists() else interpreter(version)
    if not found:
        raise ManifestError(f"Python {version}, which the project is written for, is not here.")
    return found


def _run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
    environment = {name: value for name, value in os.environ.items() if name not in PRIVATE}
    try:
        return subprocess.run(  # noqa: S603
            command,
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=SECONDS,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        reason = str(error).splitlines()[0]
        raise ManifestError(f"{command[0]} does not run in {folder}: {reason}.") from None
