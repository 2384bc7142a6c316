"""The real command line, on a copy of the suite that is no git checkout."""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = (path.name for path in ROOT.glob("template-*"))
RENDERED_FROM = (
    *("copier.yml", "CHANGELOG.md", "questions", "extensions", "migrations", "shared"),
    *TEMPLATES,
)

Git = Callable[..., str]
CopierCommand = Callable[..., subprocess.CompletedProcess[str]]
Rendered = Callable[..., Path]


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
def wide_suite(suite: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the flow as it is with templates that are stubs, which render at once."""
    folder = tmp_path_factory.mktemp("wide")
    for name in ("copier.yml", "CHANGELOG.md", "questions", "extensions", "migrations"):
        copy = shutil.copytree if (suite / name).is_dir() else shutil.copy2
        copy(suite / name, folder / name)
    for template in ("fastapi", "django", "flask", "flask-minimal"):
        stub = folder / f"template-{template}" / "{{_copier_conf.answers_file}}.jinja"
        stub.parent.mkdir()
        stub.write_text("{{ _copier_answers | to_nice_yaml -}}\n")
    return folder


def without(suite: Path, name: str, choice: str) -> None:
    """Take a choice of a question out of a copy of the suite."""
    path = suite / f"questions/{name}.yml"
    questions = yaml.safe_load(path.read_text())
    offered = questions[name]["choices"]
    questions[name]["choices"] = {k: v for k, v in offered.items() if v != choice}
    path.write_text(yaml.safe_dump(questions, sort_keys=False))


@cache
def guard_of(suite: Path) -> ModuleType:
    """Return the guard of a copy of the suite, which reads the questions of that copy."""
    spec = importlib.util.spec_from_file_location("guard_of_a_copy", suite / "extensions/guard.py")
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def stored_answers(project: Path) -> dict[str, object]:
    """Return the answers that a project keeps."""
    answers = yaml.safe_load((project / ".copier-answers.yml").read_text("utf-8"))
    return {name: value for name, value in answers.items() if not name.startswith("_")}


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


@pytest.fixture(scope="session")
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


@pytest.fixture
def rendered_release(
    suite: Path, tmp_path: Path, git: Git, copier_command: CopierCommand
) -> Rendered:
    """Return a function that renders and commits a project of the first of two releases.

    What `change` does to the suite makes a release of it; it is given the release's version.
    """

    def render(change: Callable[[Path, str], object], *data: str) -> Path:
        releases, project = tmp_path / "releases", tmp_path / "project"
        shutil.copytree(suite, releases)
        git(releases, "init", "-q")
        for version in ("v1.0.0", "v2.0.0"):
            change(releases, version)
            git(releases, "add", "-A")
            git(releases, "commit", "-q", "-m", version)
            git(releases, "tag", version)
        given = [part for answer in data for part in ("-d", answer)]
        first = ("--vcs-ref", "v1.0.0", *given, f"git+file://{releases}", project)
        copied = copier_command("copy", "--trust", "--defaults", *first)
        assert copied.returncode == 0, copied.stderr
        git(project, "init", "-q")
        git(project, "add", "-A")
        git(project, "commit", "-q", "-m", "Render")
        return project

    return render


@pytest.fixture
def git(environment: dict[str, str]) -> Git:
    """Return a function that runs git in a folder and returns what it prints."""

    def run(folder: Path, *arguments: str) -> str:
        command = ["git", "-c", "init.defaultBranch=main", *arguments]
        return subprocess.run(  # noqa: S603
            command, cwd=folder, env=environment, check=True, capture_output=True, text=True
        ).stdout

    return run
