"""Exports of todos as CSV (RFC 4180)."""

import csv
import io
import time
from typing import Any

import pytest
from httpx2 import Client

from tests.api.support import (
    MALFORMED_IDS,
    TIMESTAMP,
    UNKNOWN_ID,
    UUID7,
    Caller,
    create_todo,
    is_problem,
    sign_up,
)

COLUMNS = [
    "id",
    "title",
    "description",
    "status",
    "priority",
    "due_at",
    "tags",
    "created_at",
    "updated_at",
    "completed_at",
]
DEADLINE_SECONDS = 10


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def export(caller: Caller) -> Any:
    """Make an export and wait until it is finished."""
    path = f"/todos/exports/{caller.post('/todos/exports').json()['id']}"
    deadline = time.monotonic() + DEADLINE_SECONDS
    while True:
        found = caller.get(path).json()
        if found["status"] in ("done", "failed"):
            return found
        assert time.monotonic() < deadline, found
        time.sleep(0.05)


def download(caller: Caller) -> str:
    answer = caller.get(f"/todos/exports/{export(caller)['id']}/download")
    assert answer.status_code == 200, answer.text
    return answer.content.decode()


def rows(caller: Caller) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(download(caller), newline="")))


def test_export_is_accepted_with_its_location(caller: Caller) -> None:
    answer = caller.post("/todos/exports")

    assert answer.status_code == 202
    body = answer.json()
    assert set(body) == {"id", "status", "created_at", "finished_at", "row_count"}
    assert UUID7.fullmatch(body["id"])
    assert TIMESTAMP.fullmatch(body["created_at"])
    found = caller.client.get(answer.headers["location"], headers=caller.login.headers)
    assert found.json()["id"] == body["id"]


def test_finished_export_says_when_and_how_many(caller: Caller) -> None:
    for number in range(3):
        create_todo(caller, f"{number}")

    finished = export(caller)

    assert (finished["status"], finished["row_count"]) == ("done", 3)
    assert TIMESTAMP.fullmatch(finished["finished_at"])


def test_download_is_csv(caller: Caller) -> None:
    answer = caller.get(f"/todos/exports/{export(caller)['id']}/download")

    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == "text/csv"
    assert answer.headers["cache-control"] == "no-store"


def test_export_of_nothing_is_the_header_row(caller: Caller) -> None:
    assert download(caller) == ",".join(COLUMNS) + "\r\n"


def test_rows_hold_the_todos(client: Client, caller: Caller) -> None:
    create_todo(sign_up(client), "not mine")
    todos = [
        create_todo(caller, "plain"),
        create_todo(
            caller,
            'quoted "comma", 🐎',
            description="line one\nline two",
            status="done",
            priority="urgent",
            due_at="2030-01-31T12:00:00+02:00",
            tags=["b", "a"],
        ),
    ]

    found = {row["id"]: row for row in rows(caller)}

    assert len(found) == 2
    for todo in todos:
        expected = {name: todo[name] or "" for name in COLUMNS} | {"tags": ";".join(todo["tags"])}
        assert found[todo["id"]] == expected


def test_lines_end_as_the_standard_says(caller: Caller) -> None:
    create_todo(caller)

    text = download(caller)

    assert text.count("\r\n") == 2
    assert text.endswith("\r\n")


@pytest.mark.parametrize("start", ["=", "+", "-", "@"])
def test_formulas_are_defused(caller: Caller, start: str) -> None:
    formula = f"{start}1+1"
    create_todo(caller, formula, description=formula, tags=[formula])

    (row,) = rows(caller)

    for name in ("title", "description", "tags"):
        assert row[name].endswith(formula)
        assert row[name][0] not in "=+-@"


def test_large_export_is_whole(caller: Caller) -> None:
    for number in range(120):
        create_todo(caller, f"{number}")

    assert sorted(int(row["title"]) for row in rows(caller)) == list(range(120))


def test_export_is_a_snapshot(caller: Caller) -> None:
    create_todo(caller, "before")
    path = f"/todos/exports/{export(caller)['id']}/download"

    create_todo(caller, "after")

    assert "after" not in caller.get(path).text


@pytest.mark.parametrize("suffix", ["", "/download"])
def test_export_of_another_user_is_404(client: Client, caller: Caller, suffix: str) -> None:
    export_id = export(caller)["id"]

    assert is_problem(sign_up(client).get(f"/todos/exports/{export_id}{suffix}"), 404)


@pytest.mark.parametrize("suffix", ["", "/download"])
@pytest.mark.parametrize("export_id", [UNKNOWN_ID, *MALFORMED_IDS])
def test_unknown_export_is_404(caller: Caller, export_id: str, suffix: str) -> None:
    assert caller.get(f"/todos/exports/{export_id}{suffix}").status_code == 404


def test_export_needs_a_login(client: Client) -> None:
    assert is_problem(client.post("/api/v1/todos/exports"), 401)
