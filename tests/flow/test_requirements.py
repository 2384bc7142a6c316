"""The requirements table."""

import re

import pytest
import yaml

from extensions import guard, requirements

EXACT = {"ruff", "mypy", "prek"}
BOUNDED = re.compile(
    r"(?P<name>[a-z0-9-]+)(\[[a-z0-9]+\])?"
    r"(==[0-9.]+|>=[0-9.]+,<[0-9.]+)(; sys_platform != 'win32')?"
)
ROWS = [
    requirement
    for table in (requirements.FRAMEWORKS, requirements.OPTIONS)
    for row in table.values()
    for group in row.values()
    for requirement in group
]


@pytest.mark.parametrize("requirement", ROWS)
def test_requirement_is_bounded(requirement: str) -> None:
    match = BOUNDED.fullmatch(requirement)
    assert match
    assert ("==" in requirement) == (match["name"] in EXACT)


def test_every_flag_is_computed() -> None:
    computed = guard.questions().keys() - guard.asked().keys()
    assert requirements.OPTIONS.keys() <= computed


def test_every_framework_has_a_row() -> None:
    assert list(requirements.FRAMEWORKS) == guard.choices(guard.asked()["framework"])


def test_an_option_that_is_off_adds_nothing() -> None:
    off = dict.fromkeys(requirements.OPTIONS, False)
    bare = requirements.required({"framework": "fastapi", **off}, "runtime")
    full = requirements.required({"framework": "fastapi", **off, "use_metrics": True}, "runtime")
    assert set(full) - set(bare) == {"prometheus-client>=0.26,<0.27"}
    assert yaml.safe_load(yaml.safe_dump(bare)) == sorted(bare)
