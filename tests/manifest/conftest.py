"""Small projects to make manifests of, and the default project of each framework."""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.verifier import render
from tests.verifier.paths import ROOT

MakeProject = Callable[..., Path]
Manifest = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def manifest() -> Manifest:
    """Return a function that runs the command line."""

    def run(*arguments: str | Path, **options: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "manifest", *map(str, arguments)],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            **options,
        )

    return run


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a FastAPI project of a few files, by paths and contents."""

    def make(files: dict[str, str]) -> Path:
        folder = tmp_path / "project"
        for name, text in {".copier-answers.yml": "framework: fastapi\n", **files}.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return folder

    return make


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plain copy of what rendering reads."""
    folder = tmp_path_factory.mktemp("suite")
    render.copy_suite(folder)
    (folder / "settings.yml").write_text("{}\n")
    return folder
