"""An Idempotency-Key whose first request has not been answered yet."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

from flask import Flask
from httpx2 import Client

from app.extensions import db
from app.services.idempotency import claim_key
from tests.api.support import Caller, is_problem, sign_up

KEY = {"Idempotency-Key": "held"}


@contextmanager
def held_key(app: Flask, caller: Caller) -> Iterator[None]:
    """Hold the key in a transaction that is under way, as a slow first request does."""
    held, release = threading.Event(), threading.Event()

    def hold() -> None:
        with app.app_context(), db.transaction() as session:
            claim_key(session, user_id=UUID(caller.id), key="held", body="")
            held.set()
            release.wait()
            session.rollback()

    thread = threading.Thread(target=hold)
    thread.start()
    assert held.wait(timeout=5)
    try:
        yield
    finally:
        release.set()
        thread.join()


def test_a_held_key_answers_409_after_five_seconds(client: Client, app: Flask) -> None:
    caller = sign_up(client)
    with held_key(app, caller):
        started = time.monotonic()
        answer = caller.post("/todos", json={"title": "second"}, headers=KEY)
        waited = time.monotonic() - started
    assert is_problem(answer, 409)
    assert 4 < waited < 8


def test_a_key_that_was_let_go_is_free_again(client: Client, app: Flask) -> None:
    caller = sign_up(client)
    with held_key(app, caller):
        pass
    assert caller.post("/todos", json={"title": "first"}, headers=KEY).status_code == 201
