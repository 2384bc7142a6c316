"""Rendering in process, from a plain copy of the suite that is no git checkout."""

import os
import shutil
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

from tests.verifier.paths import ROOT, STATE

# What rendering reads; the rest of the suite is none of its business.
SOURCES = (
    *("copier.yml", "CHANGELOG.md", "questions", "extensions", "migrations", "shared"),
    "template-*",
)
CACHES = ("__pycache__", "*.py[co]", ".mypy_cache", ".pytest_cache", ".ruff_cache")
ANSWERS = ".copier-answers.yml"

_one_at_a_time = Lock()


@cache
def plain_suite() -> Path:
    """Return a folder with a copy of what rendering reads, made once in a process."""
    STATE.mkdir(exist_ok=True)
    folder = Path(tempfile.mkdtemp(prefix="suite-", dir=STATE))
    copy_suite(folder)
    settings = folder / "settings.yml"
    settings.write_text("{}\n")
    os.environ["COPIER_SETTINGS_PATH"] = str(settings)
    return folder


def copy_suite(folder: Path) -> None:
    """Copy what rendering reads into the folder, which is made if need be."""
    folder.mkdir(parents=True, exist_ok=True)
    for source in (path for pattern in SOURCES for path in ROOT.glob(pattern)):
        if source.is_dir():
            ignored = shutil.ignore_patterns(*CACHES)
            shutil.copytree(source, folder / source.name, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy2(source, folder / source.name)


def render(answers: Mapping[str, Any], destination: Path, suite: Path | None = None) -> None:
    """Render a project with these answers, and the defaults for the rest, into an empty folder."""
    from copier import run_copy

    source = suite or plain_suite()
    shutil.rmtree(destination, ignore_errors=True)
    with _one_at_a_time:
        run_copy(
            str(source),
            destination,
            data=dict(answers),
            defaults=True,
            unsafe=True,
            quiet=True,
        )


def tidy() -> None:
    """Remove the copy of the suite, if this process made one."""
    if plain_suite.cache_info().currsize:
        shutil.rmtree(plain_suite(), ignore_errors=True)
        plain_suite.cache_clear()
