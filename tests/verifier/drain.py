"""Requests that are under way when the server is asked to stop."""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial
from threading import Barrier

import httpx2

from tests.verifier.journey import PASSWORD
from tests.verifier.logins import API
from tests.verifier.project import StageError

REQUESTS = 4
# Hashing its password keeps each of these requests under way for longer than this.
SENT_SECONDS = 0.2


@contextmanager
def undropped(address: str, *, users: bool = True) -> Iterator[None]:
    """Send requests, let the block stop the server, and see all of them answered.

    Raises:
        StageError: one was not.
    """
    connected = Barrier(REQUESTS + 1, timeout=30)
    with ThreadPoolExecutor(REQUESTS) as pool:
        send = _register if users else _create_slowly
        sent = [
            pool.submit(partial(send, address, number, connected)) for number in range(REQUESTS)
        ]
        connected.wait()
        time.sleep(SENT_SECONDS)
        yield
        try:
            statuses = {request.result() for request in sent}
        except httpx2.TransportError as error:
            reason = f"a request under way at SIGTERM was dropped: {type(error).__name__}"
            raise StageError(reason) from error
    if statuses != {httpx2.codes.CREATED}:
        raise StageError(f"requests under way at SIGTERM were answered by {sorted(statuses)}")


def _register(address: str, number: int, connected: Barrier) -> int:
    with httpx2.Client(base_url=address, timeout=30) as client:
        client.get("/health/live")
        connected.wait()
        body = {"email": f"late{number}@example.com", "password": PASSWORD}
        return client.post(f"{API}/auth/register", json=body).status_code


def _create_slowly(address: str, number: int, connected: Barrier) -> int:
    """Send the second half of a body when the server has been asked to stop."""
    body = f'{{"title": "Late {number}"}}'.encode()
    headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}

    def halves() -> Iterator[bytes]:
        yield body[:5]
        connected.wait()
        time.sleep(SENT_SECONDS * 3)
        yield body[5:]

    with httpx2.Client(base_url=address, timeout=30) as client:
        return client.post(f"{API}/todos", content=halves(), headers=headers).status_code
