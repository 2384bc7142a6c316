"""What the requirements table and the dependency managers' files name, in environments."""

from collections.abc import Iterable
from pathlib import Path
from typing import NamedTuple

import yaml

from extensions import guard
from extensions.requirements import APART, TABLE, Group, required

ROOT = Path(__file__).resolve().parent.parent
FILES = (ROOT / "extensions/requirements.py", *sorted((ROOT / "questions/managers").glob("*.yml")))


class Together(NamedTuple):
    """Requirements that one environment has to hold, on each of some versions of Python."""

    name: str
    requirements: tuple[str, ...]
    pythons: tuple[str, ...]


def environments() -> list[Together]:
    """Return all that a project of each template can install, and each dependency manager alone.

    Rows that no project has together are told apart: a template has an environment without the
    one, and another without the others.
    """
    templates = [name for name in TABLE if name != "every"]
    apart = [(name, flag) for name in templates for flag in APART if flag in TABLE[name]]
    return [
        *(_template(name, name, APART) for name in templates),
        *(_template(f"{name} with {flag}", name, APART[flag]) for name, flag in apart),
        *_managers(),
    ]


def _template(title: str, name: str, without: Iterable[str]) -> Together:
    flags = TABLE["every"].keys() | TABLE[name].keys()
    answers = {"template": name, **{flag: flag not in without for flag in flags}}
    groups: tuple[Group, ...] = ("runtime", "dev")
    entries = {entry for group in groups for entry in required(answers, group)}
    return Together(title, tuple(sorted(entries)), _pythons(name.partition("-")[0]))


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
