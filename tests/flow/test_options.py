"""docs/options.md: current, and right about what is installed."""

from functools import cache

import pytest

from extensions import guard
from schema import options

page = cache(options.text)


def row(choice: str, question: str) -> str:
    section = page().partition(f"## `{question}`\n")[2].partition("\n## ")[0]
    return next(line for line in section.splitlines() if line.startswith(f"| `{choice}` |"))


def test_the_page_is_current() -> None:
    assert options.FILE.read_text("utf-8") == page(), "run make schema"


@pytest.mark.parametrize(
    ("question", "choice", "installed"),
    [
        ("features", "metrics", "`prometheus-client`"),
        ("auth", "jwt", "`pyjwt`"),
        ("auth", "token", ""),
        ("auth", "session", ""),
        ("broker", "redis", ""),
        ("pre_commit", "true", "[`prek`]"),
        ("server", "granian", "fastapi: `granian`, [`watchfiles`]"),
    ],
)
def test_a_choice_installs_what_no_other_does(question: str, choice: str, installed: str) -> None:
    assert row(choice, question).split(" | ")[2] == installed


def test_each_rule_stands_with_each_choice_that_it_binds() -> None:
    for rule in guard.rules():
        for name, value in rule.when.items():
            assert rule.because in row(str(value).lower(), name)
        for name, allowed in rule.needs.items():
            for barred in set(guard.choices(guard.asked()[name])) - set(allowed):
                assert rule.because in row(str(barred).lower(), name)
