"""The real command line, on a copy of the suite that is no git checkout."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
RENDERED_FROM = ("copier.yml", "questions", "extensions", "shared", "template-fastapi")

CopierCommand = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture(scope="session")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a plain folder with all that rendering needs."""
    folder = tmp_path_factory.mktemp("suite")
    ignored = shutil.ignore_patterns("__pycache__", ".*_cache")
    for name in RENDERED_FROM:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=ignored)
        elif source.exists():
            shutil.copy2(source, folder / name)
    return folder


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Return an environment of a newcomer: an empty home and no settings."""
    home = tmp_path_factory.mktemp("home")
    settings = home / "settings.yml"
    settings.write_text("{}\n")
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", "Test"), ("EMAIL", "test@example.com"))
    }
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "COPIER_SETTINGS_PATH": str(settings),
        "PYTHONDONTWRITEBYTECODE": "1",
        "GIT_CONFIG_NOSYSTEM": "1",
        **identity,
    }


@pytest.fixture
def copier_command(environment: dict[str, str]) -> CopierCommand:
    """Return a function that runs `copier` with its arguments and no terminal."""

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: S603
            [sys.executable, "-m", "copier", *map(str, arguments)],
            cwd=cwd,
            env=environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )

    return run
