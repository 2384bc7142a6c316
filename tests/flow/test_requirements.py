"""The requirements table."""

import re
import tomllib
from pathlib import Path

import pytest
import yaml
from packaging.requirements import Requirement

from extensions import guard, requirements

ROOT = Path(__file__).resolve().parents[2]
EXACT = {"ruff", "mypy", "prek"}
BOUNDED = re.compile(
    r"(?P<name>[a-z0-9-]+)(\[[a-z0-9,]+\])?"
    r"(==[0-9.]+|>=[0-9.]+,<[0-9.]+)(; sys_platform != 'win32')?"
)
ROWS = [
    requirement
    for layer in requirements.TABLE.values()
    for row in layer.values()
    for group in row.values()
    for requirement in group
]
FLAGS = {flag for layer in requirements.TABLE.values() for flag in layer} - {"always"}


@pytest.mark.parametrize("requirement", ROWS)
def test_requirement_is_bounded(requirement: str) -> None:
    match = BOUNDED.fullmatch(requirement)
    assert match
    assert ("==" in requirement) == (match["name"] in EXACT)


def test_every_flag_is_computed() -> None:
    computed = guard.questions().keys() - guard.asked().keys()
    assert computed >= FLAGS


def test_every_template_has_a_row() -> None:
    templates = [path.name.removeprefix("template-") for path in sorted(ROOT.glob("template-*"))]
    assert sorted(requirements.TABLE) == sorted(["every", *templates])


def test_an_option_that_is_off_adds_nothing() -> None:
    off = dict.fromkeys(FLAGS, False)
    bare = requirements.required({"template": "fastapi", **off}, "runtime")
    full = requirements.required({"template": "fastapi", **off, "use_metrics": True}, "runtime")
    assert set(full) - set(bare) == {"prometheus-client>=0.26,<0.27"}
    assert yaml.safe_load(yaml.safe_dump(bare)) == sorted(bare)


@pytest.mark.parametrize("requirement", ROWS)
def test_a_pipfile_says_the_same(requirement: str) -> None:
    ((name, value),) = tomllib.loads(requirements.pipfile_entry(requirement)).items()
    said = value if isinstance(value, dict) else {"version": value}
    extras = f"[{','.join(said.get('extras', []))}]" if "extras" in said else ""
    marker = f"; {said['markers']}" if "markers" in said else ""
    assert Requirement(f"{name}{extras}{said['version']}{marker}") == Requirement(requirement)


def test_a_pipfile_refuses_what_is_no_requirement() -> None:
    with pytest.raises(ValueError, match="not a requirement"):
        requirements.pipfile_entry("redis")


def test_the_later_of_two_rows_counts() -> None:
    answers = {"template": "fastapi", **dict.fromkeys(FLAGS, False), "use_auth": True}
    for use_arq, bounds in ((False, "redis>=8.1,<9"), (True, "redis>=5.3.1,<6")):
        found = requirements.required({**answers, "use_arq": use_arq}, "runtime")
        assert [entry for entry in found if entry.startswith("redis")] == [bounds]


def test_what_is_apart_is_a_row() -> None:
    apart = {flag for one, others in requirements.APART.items() for flag in (one, *others)}
    assert apart <= FLAGS
