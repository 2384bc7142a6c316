"""What nobody foresaw is a 500 that says only its request id."""

import json

import pytest
from httpx2 import Client

from app.routers import todos as router
from app.services import todos
from tests.api.support import is_problem, sign_up

SECRET = "the password of the database"


def fail(*_: object, **__: object) -> None:
    raise RuntimeError(SECRET)


def test_a_500_is_neutral_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    caller = sign_up(client)
    monkeypatch.setattr(todos, "count_todos", fail)
    answer = caller.get("/todos/stats", headers={"X-Request-ID": "r-500"})
    assert is_problem(answer, 500)
    assert answer.json()["request_id"] == "r-500"
    assert answer.headers["cache-control"] == "no-store"
    for internal in (SECRET, "RuntimeError", "Traceback", "count_todos"):
        assert internal not in json.dumps([answer.text, dict(answer.headers)])
    assert "unhandled_error" in caplog.text
    assert "r-500" in caplog.text
    assert SECRET in caplog.text


def test_a_500_leaves_nothing_behind(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    caller = sign_up(client)
    monkeypatch.setattr(router, "etag", fail)
    assert caller.post("/todos", json={"title": "x"}).status_code == 500
    assert caller.get("/todos").json()["items"] == []
