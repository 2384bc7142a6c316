"""Faults in the sources of templates that show only at a later update: each is found."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.sources import findings
from tests.verifier import render

ROOT = Path(__file__).resolve().parents[2]


def test_the_suite_has_none() -> None:
    assert findings(ROOT) == []


def append(name: str, text: str) -> Callable[[Path], object]:
    def plant(suite: Path) -> None:
        path = suite / name
        path.write_text(
            text + path.read_text() if name == "copier.yml" else path.read_text() + text
        )

    return plant


ENV = "template-django/{% if use_uv %}.env{% endif %}.jinja"
PLANTED: dict[str, Callable[[Path], object]] = {
    "template-flask/app/linked.py is a symlink": lambda suite: (
        suite / "template-flask/app/linked.py"
    ).symlink_to("main.py.jinja"),
    f"{ENV} would be the project's own": lambda suite: (suite / ENV).touch(),
    "template-fastapi/uv.lock would be the project's own": lambda suite: (
        suite / "template-fastapi/uv.lock"
    ).touch(),
    "pepper has a default that is another each time": append(
        "questions/auth.yml",
        'pepper: {type: str, help: Pepper, default: "{{ 99999 | ans_random }}"}\n',
    ),
    "copier.yml has _tasks": append("copier.yml", "_tasks: [make install]\n"),
}


@pytest.mark.parametrize("line", PLANTED)
def test_planted_fault_is_found(line: str, tmp_path: Path) -> None:
    render.copy_suite(tmp_path)
    assert findings(tmp_path) == []
    PLANTED[line](tmp_path)
    assert findings(tmp_path) == [line]
