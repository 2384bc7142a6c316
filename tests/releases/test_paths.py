"""Nothing that a release rendered is lost by an update to the next."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from extensions import guard
from migrations.record import Record
from releases.paths import Pair, both, compare, findings, offered, telling
from releases.tagged import WORK_TREE, tags
from tests.history import needs_history
from tests.verifier import render
from tests.verifier.array import Row, deciding, rows
from tests.verifier.paths import ROOT

NOTHING = Record({}, {}, {})
SETTINGS = "_skip_if_exists: {}\n---\n"


@pytest.fixture(autouse=True, scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    path = tmp_path_factory.mktemp("settings") / "settings.yml"
    path.write_text("{}\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COPIER_SETTINGS_PATH", str(path))
        yield


@pytest.fixture(scope="module")
def suite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the suite as it is, which no test may change."""
    folder = tmp_path_factory.mktemp("suite")
    render.copy_suite(folder)
    return folder


def make(folder: Path, *files: str, copied_once: str = "[]") -> Path:
    """Return a folder that stands for a suite and for what it renders."""
    for name in files:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text("one\ntwo\nthree\n")
    (folder / "copier.yml").write_text(SETTINGS.format(copied_once))
    (folder / "extensions").mkdir()
    (folder / "extensions/guard.py").write_text("def asked():\n    return {}\n")
    return folder


@needs_history
def test_the_last_release_loses_nothing(tmp_path: Path) -> None:
    pairs, found = compare(tags()[-1], WORK_TREE, tmp_path)
    assert pairs
    assert found == []


def test_a_version_tells_its_own_rows() -> None:
    assert offered(ROOT) == rows()


def test_rows_tell_all() -> None:
    def levels(some: list[Row]) -> set[tuple[Any, ...]]:
        return {
            (answers["framework"], answers["profile"], name, choice)
            for answers in (dict[str, Any](guard.defaults(row.answers)) for row in some)
            for name, question in deciding().items()
            for choice in guard.choices(question)
            if choice in (answers[name] if question.get("multiselect") else [answers[name]])
        }

    assert levels(telling(rows())) == levels(rows())
    assert len(telling(rows())) < len(rows())


def test_renamed_file_of_the_template_is_found(suite: Path, tmp_path: Path) -> None:
    new = tmp_path / "suite"
    shutil.copytree(suite, new)
    template = new / "template-flask-minimal/app"
    (template / "listing.py").rename(template / "lists.py")
    row = Row("minimal", {"preset": "minimal"})
    pairs = both(suite, new, tmp_path, [row])
    line = "app/listing.py vanished, and app/lists.py is like it"
    assert findings(suite, new, pairs, NOTHING) == [line]
    moved = Record({"app/listing.py": "app/lists.py"}, {}, {})
    assert findings(suite, new, pairs, moved) == []


def test_answers_that_a_later_rule_refuses_are_found(suite: Path, tmp_path: Path) -> None:
    new = tmp_path / "suite"
    shutil.copytree(suite, new)
    with (new / "questions/rules.yml").open("a") as rules:
        rules.write("\n- when: {profile: minimal}\n  needs: {database: [mysql]}\n  because: so\n")
    pairs = both(suite, new, tmp_path, [Row("minimal", {"preset": "minimal"})])
    refusal = "profile=minimal needs database=mysql, not sqlite: so."
    assert findings(suite, new, pairs, NOTHING) == [
        f"the answers of minimal are refused: {refusal}"
    ]


@pytest.mark.parametrize(
    ("record", "found"),
    [
        (NOTHING, ["old.py vanished, and new.py is like it"]),
        (Record({"old.py": "new.py"}, {}, {}), []),
        (Record({"old.py": "other.py"}, {}, {}), ["old.py vanished, and new.py is like it"]),
        (Record({}, {"old.py": "a reason"}, {}), []),
        (
            Record({"old.py": "new.py", "kept.py": "new.py"}, {}, {}),
            ["kept.py is recorded as moved, and still rendered by a row"],
        ),
    ],
)
def test_vanished_path(record: Record, found: list[str], tmp_path: Path) -> None:
    old = make(tmp_path / "old", "old.py", "kept.py")
    new = make(tmp_path / "new", "new.py", "kept.py")
    assert findings(old, new, [Pair("a row", old, new)], record) == found


def test_changed_owner(tmp_path: Path) -> None:
    old = make(tmp_path / "old", "env.py")
    new = make(tmp_path / "new", "env.py", copied_once="[env.py]")
    pairs = [Pair("a row", old, new)]
    line = "env.py changed owner: it is copied once in one version alone"
    assert findings(old, new, pairs, NOTHING) == [line]
    assert findings(old, new, pairs, Record({}, {}, {"env.py": "a reason"})) == []


def test_retired_answers(suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "suite"
    shutil.copytree(suite, new)
    for name, was, now in (("tasks", "task_queue", "queue"), ("delivery", " gitlab\n", " forge\n")):
        path = new / f"questions/{name}.yml"
        path.write_text(path.read_text().replace(was, now))
    gone = ", and questions/retired.yml does not have it"
    assert findings(suite, new, [], NOTHING) == [
        f"the question task_queue is gone{gone}",
        f"the choice ci=gitlab is gone{gone}",
    ]
    retired = {"questions": {"task_queue": "queue"}, "choices": {"ci": {"gitlab": "forge"}}}
    monkeypatch.setattr(guard, "retired", lambda: retired)
    assert findings(suite, new, [], NOTHING) == []
