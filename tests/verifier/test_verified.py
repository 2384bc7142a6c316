"""docs/verified.md: of verdicts that are kept, or not at all."""

from itertools import product

import pytest

from extensions import guard
from tests import verified
from tests.verifier import array, verdicts


def test_the_page_has_each_row_and_stage() -> None:
    seconds = {"render": 1.0, "tests": 29.0}
    page = verified.page([(row, seconds) for row in array.rows()])
    for row in array.rows():
        assert page.count(f"| {row.name} | ") == 1
    assert page.count(" | 30 |\n") == len(array.rows())
    assert "| tests | 29.0 | 29.0 | 29.0 |" in page
    assert "install" not in page


def test_only_allowed_combinations_are_counted() -> None:
    factors = {
        "framework": ["fastapi", "django"],
        "server": ["granian", "gunicorn"],
        "license": ["mit", "apache-2.0", "proprietary"],
    }
    assert verified.allowed(factors) == 3 * (2 + 1)


def test_combinations_are_counted_as_if_each_was_asked_for() -> None:
    names = ("framework", "profile", "auth", "oauth_providers:google", "oauth_providers:github")
    factors = {name: array.factors()[name] for name in names}
    every = (dict(zip(factors, levels, strict=True)) for levels in product(*factors.values()))
    asked = [levels for levels in every if not guard.conflicts(array.answers_of(levels))]
    assert 0 < verified.allowed(factors) == len(asked)


def test_a_row_that_is_not_proved_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(array, "rows", array.framework_rows)
    monkeypatch.setattr(verdicts, "load", lambda _name: None)
    with pytest.raises(SystemExit, match="default is not proved as it is now"):
        verified.kept()
