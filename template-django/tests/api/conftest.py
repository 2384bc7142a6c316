"""Fixtures that the API tests need of this framework: other addresses, a lost database."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import cast
from urllib.parse import urlsplit

import pytest
from httpx2 import Client

from tests.conftest import build_client
from tests.transport import ServerTransport


@pytest.fixture
def from_address() -> Callable[[Client, str], AbstractContextManager[Client]]:
    """Build clients of the same running service that call from another address."""

    @contextmanager
    def build(client: Client, address: str) -> Iterator[Client]:
        running = cast(ServerTransport, client._transport)
        with build_client(running.application, address) as other:
            yield other

    return build


@pytest.fixture
def lost_database_url(tmp_path: Path) -> Iterator[str]:
    """A database that takes connections and never answers; on SQLite, one in no folder."""
    given = urlsplit(os.environ.get("DATABASE_URL", ""))
    if given.scheme in ("", "sqlite"):
        yield f"sqlite:///{tmp_path / 'missing' / 'lost.db'}"
        return
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        yield f"{given.scheme}://app:app@127.0.0.1:{port}/lost"
