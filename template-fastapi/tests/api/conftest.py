"""Fixtures that the API tests need of this framework: other addresses, a lost database."""

import os
import socket
import warnings
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from fastapi.testclient import TestClient
from httpx2 import Client


@pytest.fixture
def from_address() -> Callable[[Client, str], AbstractContextManager[Client]]:
    """Build clients of the same running app that call from another address."""

    @contextmanager
    def build(client: Client, address: str) -> Iterator[Client]:
        running = cast(TestClient, client)
        other = TestClient(running.app, raise_server_exceptions=False, client=(address, 50000))
        other.portal = running.portal
        yield other

    return build


# aiosqlite ends the thread of a connection that did not open unawaited, maybe after the loop.
LATE_THREAD = "Exception in thread .*_connection_worker_thread"


@pytest.fixture
def lost_database_url(tmp_path: Path) -> Iterator[str]:
    """A database that takes connections and never answers; on SQLite, one in no folder."""
    given = os.environ.get("DATABASE_URL", "")
    parts = urlsplit(given)
    if not given or parts.scheme.startswith("sqlite"):
        warnings.filterwarnings("ignore", LATE_THREAD)
        yield f"sqlite+aiosqlite:///{tmp_path / 'missing' / 'lost.db'}"
        return
    with socket.create_server(("127.0.0.1", 0)) as server:
        user, at, _ = parts.netloc.rpartition("@")
        silent = f"{user}{at}127.0.0.1:{server.getsockname()[1]}"
        yield parts._replace(netloc=silent).geturl()
