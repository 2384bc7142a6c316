"""A rendered project as it stands in a folder: its answers and its files by kind."""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml

ANSWERS = ".copier-answers.yml"
KINDS = (
    *("main", "routers", "models", "schemas", "services"),
    *("database", "migrations", "tests", "config", "other"),
)
# What tools and runs leave in a project; whatever is in a virtual environment is known by its file.
BUILT = {".git", ".venv", "__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache", "htmlcov"}
MARK = "pyvenv.cfg"


class ManifestError(Exception):
    """No manifest can be made of what is there; the message says why in a line."""


class Layout(NamedTuple):
    """Where a framework's projects have their code, and patterns of paths by kind of artifact."""

    packages: list[str]
    artifacts: Mapping[str, list[str]]


class Project(NamedTuple):
    """A rendered project."""

    folder: Path
    answers: Mapping[str, Any]
    layout: Layout

    def artifacts(self) -> dict[str, list[str]]:
        """Return the paths of the project's own files by kind, sorted, each of them once."""
        found: dict[str, list[str]] = {kind: [] for kind in KINDS}
        kinds = {
            path: kind
            for kind, patterns in reversed(list(self.layout.artifacts.items()))
            for pattern in patterns
            for path in self.folder.glob(pattern)
        }
        for path in _files(self.folder):
            kind = kinds.get(path, "other" if path.suffix == ".py" else "")
            if kind:
                found[kind].append(path.relative_to(self.folder).as_posix())
        return found

    def modules(self) -> list[Path]:
        """Return the Python files of the project's packages, migrations and tests left out."""
        artifacts = self.artifacts()
        elsewhere = {*artifacts["migrations"], *artifacts["tests"]}
        return [
            path
            for package in self.layout.packages
            for path in _files(self.folder / package)
            if path.suffix == ".py" and path.relative_to(self.folder).as_posix() not in elsewhere
        ]


@cache
def layouts() -> dict[str, Layout]:
    """Return the layout of each framework."""
    loaded = yaml.safe_load(Path(__file__).with_name("layouts.yml").read_text("utf-8"))
    common = loaded.pop("common")
    return {
        framework: Layout(
            layout["packages"],
            {kind: [*own, *common.get(kind, [])] for kind, own in layout["artifacts"].items()},
        )
        for framework, layout in loaded.items()
    }


def load(folder: Path) -> Project:
    """Return the project in a folder.

    Raises:
        ManifestError: there is none, or it was not rendered by Trivet.
    """
    if not folder.is_dir():
        raise ManifestError(f"{folder} is not a folder.")
    file = folder / ANSWERS
    if not file.is_file():
        raise ManifestError(f"{folder} holds no rendered project: it has no {ANSWERS}.")
    try:
        answers = yaml.safe_load(file.read_text("utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError):
        raise ManifestError(f"{file} is not readable YAML.") from None
    framework = answers.get("framework") if isinstance(answers, dict) else None
    if not isinstance(framework, str) or framework not in layouts():
        raise ManifestError(f"{folder} was not rendered by Trivet: {ANSWERS} names no framework.")
    missing = [name for name in layouts()[framework].packages if not (folder / name).is_dir()]
    if missing:
        raise ManifestError(f"{folder} is not a whole project: it has no folder {missing[0]}.")
    return Project(folder, answers, layouts()[framework])


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() and path.name not in BUILT and not (path / MARK).exists():
            yield from _files(path)
        elif path.is_file():
            yield path
