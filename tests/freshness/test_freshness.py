"""What is outdated, withdrawn or at odds is told, and bounds move."""

from pathlib import Path

import pytest

from freshness import __main__ as freshness
from freshness.bounds import moved
from freshness.table import FILES, Together, environments
from tests.freshness.conftest import Publish


def together(*requirements: str) -> list[Together]:
    return [Together("todo", requirements, ("3.11", "3.13"))]


def test_a_release_behind_the_bound_is_told(publish: Publish) -> None:
    publish("alpha", "1.4")
    publish("alpha", "2.1")
    assert freshness.outdated(together("alpha>=1.4,<2")) == {"alpha>=1.4,<2": "2.1"}
    assert freshness.outdated(together("alpha>=1.4,<3")) == {}


def test_a_release_that_the_rest_keeps_out_is_not_told(publish: Publish) -> None:
    publish("alpha", "1.4")
    publish("alpha", "2.1")
    publish("beta", "1.0", "alpha<2")
    assert freshness.outdated(together("alpha>=1.4,<2", "beta>=1.0,<2")) == {}


def test_requirements_at_odds_are_told(publish: Publish) -> None:
    publish("alpha", "1.4")
    publish("beta", "1.0", "alpha<1")
    lines = freshness.contradictions(together("alpha>=1.4,<2", "beta>=1.0,<2"))
    assert [line.partition(" does not resolve: ")[0] for line in lines] == [
        "todo on Python 3.11",
        "todo on Python 3.13",
    ]
    assert freshness.contradictions(together("alpha>=1.4,<2")) == []


def test_withdrawn_versions_are_told(publish: Publish) -> None:
    publish("alpha", "1.4", yanked=True)
    publish("alpha", "1.5")
    publish("beta", "2.0", yanked=True)
    publish("gamma", "2026.10.1")
    lines = freshness.withdrawn(together("alpha>=1.4,<2", "beta==2.0", "gamma>=2026.10,<2027"))
    assert lines == [
        "`beta==2.0` is yanked",
        "alpha>=1.4,<2: 1.4 was withdrawn, 1.5 comes next",
    ]


@pytest.mark.parametrize(
    ("requirement", "version", "expected"),
    [
        ("ruff==0.17.5", "0.18.0", "ruff==0.18.0"),
        ("fastapi>=0.165,<0.166", "0.170.2", "fastapi>=0.170.2,<0.171"),
        ("redis>=8.1,<9", "9.0.1", "redis>=9.0.1,<10"),
        ("flask>=3.1,<3.2", "4.0", "flask>=4.0,<4.1"),
        ("drf>=2026.10,<2027", "2027.1.1", "drf>=2027.1.1,<2028"),
        (
            "uvloop>=0.23,<0.24; sys_platform != 'win32'",
            "0.25.0",
            "uvloop>=0.25.0,<0.26; sys_platform != 'win32'",
        ),
        ("psycopg[binary]>=3.3.9,<4", "4.1", "psycopg[binary]>=4.1,<5"),
    ],
)
def test_bounds_move(requirement: str, version: str, expected: str) -> None:
    assert moved(requirement, version) == expected


def test_an_upgrade_changes_the_bounds_and_nothing_else(tmp_path: Path) -> None:
    table, other = tmp_path / "table.py", tmp_path / "other.yml"
    table.write_text('TABLE = ("alpha>=1.4,<2", "alphabet>=1.4,<2")\n')
    other.write_text("package: beta==2.0\n")
    stamp = other.stat().st_mtime_ns
    freshness.upgrade({"alpha>=1.4,<2": "2.1"}, [table, other])
    assert table.read_text() == 'TABLE = ("alpha>=2.1,<3", "alphabet>=1.4,<2")\n'
    assert other.stat().st_mtime_ns == stamp


def test_every_requirement_stands_in_a_file_as_it_is_resolved() -> None:
    texts = "\n".join(path.read_text("utf-8") for path in FILES)
    assert len(environments()) > len(FILES) - 1
    for one in environments():
        assert one.requirements
        assert [entry for entry in one.requirements if entry not in texts] == []


def test_rows_that_are_apart_have_an_environment_each() -> None:
    names = {
        frozenset(
            name
            for name in ("arq>=", "taskiq-redis>=", "redis>=8", "redis>=5")
            if any(entry.startswith(name) for entry in one.requirements)
        )
        for one in environments()
        if one.name.startswith("fastapi")
    }
    assert names == {frozenset({"arq>=", "redis>=5"}), frozenset({"taskiq-redis>=", "redis>=8"})}
