"""What nobody foresaw is a 500 that says only its request id; a lost database is a 503."""

import json
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import InterfaceError, OperationalError
from django.http import Http404
from httpx2 import Client

from apps.users.services import mails, users
from tests.api.support import is_problem, sign_up

SECRET = "the password of the database"


def test_a_500_is_neutral_and_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError(SECRET)

    caller = sign_up(client)
    monkeypatch.setattr(users, "update_user", fail)
    answer = caller.patch("/users/me", json={}, headers={"X-Request-ID": "r-500"})
    assert is_problem(answer, 500)
    assert answer.json()["request_id"] == "r-500"
    assert answer.headers["cache-control"] == "no-store"
    for internal in (SECRET, "RuntimeError", "Traceback", "update_user"):
        assert internal not in json.dumps([answer.text, dict(answer.headers)])
    assert "unhandled_error" in caplog.text
    assert "r-500" in caplog.text
    assert SECRET in caplog.text


def test_a_500_leaves_nothing_behind(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError(SECRET)

    caller = sign_up(client)
    monkeypatch.setattr(mails, "request_email_verification", fail)
    changes = {"email": "other@example.com"}
    assert caller.patch("/users/me", json=changes).status_code == 500
    assert caller.get("/users/me").json()["email"] == caller.email


@pytest.mark.parametrize(("error", "status"), [(Http404, 404), (PermissionDenied, 403)])
def test_the_frameworks_own_errors_are_problems(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception], status: int
) -> None:
    def fail(**_: Any) -> None:
        raise error

    caller = sign_up(client)
    monkeypatch.setattr(users, "update_user", fail)
    assert is_problem(caller.patch("/users/me", json={}), status)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_a_lost_connection_is_503(
    client: Client, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    def fail(**_: Any) -> None:
        raise error(SECRET)

    caller = sign_up(client)
    monkeypatch.setattr(users, "update_user", fail)
    answer = caller.patch("/users/me", json={})
    assert is_problem(answer, 503)
    assert answer.headers["retry-after"] == "1"
    assert SECRET not in answer.text
