"""Fixtures that the API tests need of this framework: other addresses, a lost database."""

import os
import socket
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import cast

import pytest
from httpx2 import Client
from sqlalchemy.engine import make_url

from tests.client import AppClient


@pytest.fixture
def from_address() -> Callable[[Client, str], AbstractContextManager[Client]]:
    """Build clients of the same running app that call from another address."""

    @contextmanager
    def build(client: Client, address: str) -> Iterator[Client]:
        with AppClient(cast(AppClient, client).app, address) as other:
            yield other

    return build


@pytest.fixture
def lost_database_url(tmp_path: Path) -> Iterator[str]:
    """A database that takes connections and never answers; on SQLite, one in no folder."""
    given = os.environ.get("DATABASE_URL", "")
    if not given or make_url(given).get_backend_name() == "sqlite":
        yield f"sqlite:///{tmp_path / 'missing' / 'lost.db'}"
        return
    with socket.create_server(("127.0.0.1", 0)) as server:
        silent = make_url(given).set(host="127.0.0.1", port=server.getsockname()[1])
        yield silent.render_as_string(hide_password=False)
