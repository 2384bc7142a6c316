"""What the requirements table and the dependency managers' files name, in environments."""

from pathlib import Path
from typing import NamedTuple

import yaml

from extensions import guard
from extensions.requirements import TABLE

ROOT = Path(__file__).resolve().parent.parent
FILES = (ROOT / "extensions/requirements.py", *sorted((ROOT / "questions/managers").glob("*.yml")))


class Together(NamedTuple):
    """Requirements that one environment has to hold, on each of some versions of Python."""

    name: str
    requirements: tuple[str, ...]
    pythons: tuple[str, ...]


def environments() -> list[Together]:
    """Return all that a project of each template can install, and each dependency manager alone."""
    templates = [name for name in TABLE if name != "every"]
    return [*map(_template, templates), *_managers()]


def _template(name: str) -> Together:
    rows = [*TABLE["every"].values(), *TABLE[name].values()]
    entries = (entry for row in rows for group in row.values() for entry in group)
    return Together(name, tuple(sorted(set(entries))), _pythons(name.partition("-")[0]))


def _pythons(framework: str) -> tuple[str, ...]:
    oldest = str(guard.defaults({"framework": framework})["python_version"])
    return oldest, guard.choices(guard.asked()["python_version"])[-1]


def _managers() -> list[Together]:
    loaded = ((path.stem, yaml.safe_load(path.read_text("utf-8"))) for path in FILES[1:])
    newest = _pythons("fastapi")[1:]
    return [
        Together(name, (manager["package"].strip("'"),), newest)
        for name, manager in loaded
        if manager["package"]
    ]
