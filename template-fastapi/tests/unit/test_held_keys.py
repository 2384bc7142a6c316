"""An Idempotency-Key whose first request has not been answered yet."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from uuid import UUID

import anyio
from httpx2 import Client

from app.database import Database
from app.services.idempotency import claim_key
from app.settings import Settings
from tests.api.support import Caller, is_problem, sign_up

KEY = {"Idempotency-Key": "held"}


class LetGo(Exception):
    """Rolls back the transaction that holds the key."""


@contextmanager
def held_key(settings: Settings, caller: Caller) -> Iterator[None]:
    """Hold the key in a transaction that is under way, as a slow first request does."""
    held, release = threading.Event(), threading.Event()

    async def hold() -> None:
        database = Database(settings)
        with suppress(LetGo):
            async with database.transaction() as session:
                await claim_key(session, user_id=UUID(caller.id), key="held", body="")
                held.set()
                await anyio.to_thread.run_sync(release.wait)
                raise LetGo
        await database.dispose()

    thread = threading.Thread(target=anyio.run, args=(hold,))
    thread.start()
    assert held.wait(timeout=5)
    try:
        yield
    finally:
        release.set()
        thread.join()


def test_a_held_key_answers_409_after_five_seconds(client: Client, settings: Settings) -> None:
    caller = sign_up(client)
    with held_key(settings, caller):
        started = time.monotonic()
        answer = caller.post("/todos", json={"title": "second"}, headers=KEY)
        waited = time.monotonic() - started
    assert is_problem(answer, 409)
    assert 4 < waited < 8


def test_a_key_that_was_let_go_is_free_again(client: Client, settings: Settings) -> None:
    caller = sign_up(client)
    with held_key(settings, caller):
        pass
    assert caller.post("/todos", json={"title": "first"}, headers=KEY).status_code == 201
