"""A database that fails is a 503, wherever its driver noticed."""

import pytest
from flask import Flask
from httpx2 import Client
from sqlalchemy.exc import OperationalError

from app.extensions import db
from app.services import todos
from tests.api.support import is_problem, sign_up


@pytest.mark.parametrize("wrapped", [True, False])
def test_a_lost_connection_is_503(
    client: Client, app: Flask, monkeypatch: pytest.MonkeyPatch, wrapped: bool
) -> None:
    with app.app_context():
        lost = db.engine.dialect.loaded_dbapi.Error("lost connection")

    def fail(*_: object, **__: object) -> None:
        raise OperationalError("SELECT", {}, lost) if wrapped else lost

    caller = sign_up(client)
    monkeypatch.setattr(todos, "count_todos", fail)
    answer = caller.get("/todos/stats")
    assert is_problem(answer, 503)
    assert answer.headers["retry-after"] == "1"
