"""An Idempotency-Key whose first request has not been answered, and what becomes of keys."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from uuid import UUID

import pytest
from django.core.management import call_command
from django.db import IntegrityError, OperationalError, connection
from django.db.models import QuerySet
from django.utils import timezone
from httpx2 import Client

from apps.todos import idempotency
from apps.todos.idempotency import Answer, answer_once
from apps.todos.models import IdempotencyKey
from tests.api.support import Caller, is_problem, sign_up

KEY = {"Idempotency-Key": "held"}


class GaveUp(Exception):
    """The first request failed."""


@contextmanager
def held_key(caller: Caller) -> Iterator[None]:
    """Hold the key in a transaction that is under way, as a slow first request does."""
    held, release = threading.Event(), threading.Event()

    def make() -> Answer:
        held.set()
        release.wait()
        raise GaveUp

    def hold() -> None:
        with pytest.raises(GaveUp):
            answer_once(user_id=UUID(caller.id), key="held", body={}, make=make)
        connection.close()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(timeout=5)
    try:
        yield
    finally:
        release.set()
        thread.join()


def test_a_held_key_answers_409_after_five_seconds(client: Client) -> None:
    caller = sign_up(client)
    with held_key(caller):
        started = time.monotonic()
        answer = caller.post("/todos", json={"title": "second"}, headers=KEY)
        waited = time.monotonic() - started

    assert is_problem(answer, 409)
    assert 4 < waited < 8


def test_a_key_that_was_let_go_is_free_again(client: Client) -> None:
    caller = sign_up(client)
    with held_key(caller):
        pass

    assert caller.post("/todos", json={"title": "first"}, headers=KEY).status_code == 201


def test_a_key_whose_first_request_failed_meanwhile_is_409(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def clash(_rows: object, **_: object) -> None:
        raise IntegrityError

    caller = sign_up(client)
    monkeypatch.setattr(QuerySet, "create", clash)

    assert is_problem(caller.post("/todos", json={"title": "second"}, headers=KEY), 409)


def test_a_lost_database_is_no_conflict(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(**_: object) -> None:
        raise OperationalError("the connection is closed")

    caller = sign_up(client)
    monkeypatch.setattr(idempotency, "_claim", lose)

    assert is_problem(caller.post("/todos", json={"title": "second"}, headers=KEY), 503)


def test_expired_keys_are_forgotten(client: Client) -> None:
    user_id, now = sign_up(client).id, timezone.now()
    for key, age in (("old", -1), ("new", 1)):
        IdempotencyKey.objects.create(
            user_id=user_id, key=key, expires_at=now + timedelta(hours=age)
        )

    call_command("purge")

    assert IdempotencyKey.objects.get().key == "new"
