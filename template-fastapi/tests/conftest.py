"""What the tests stand on: an app on a throwaway database, its client, its outbox.

The API tests in tests/api/ know the service only through these fixtures and HTTP.
"""

import asyncio
import os
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx2 import Client
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher
from sqlalchemy import event
from sqlalchemy.engine import make_url

from app import security
from app.database import Database
from app.mail import Mail
from app.main import create_app
from app.models import Base
from app.services.users import create_superuser
from app.settings import Settings
from app.tasks.queue import JobContext
from tests.database import given_url, migrate, throwaway_database

ClientFactory = Callable[..., AbstractContextManager[Client]]
UNLIMITED = "100000/minute"


def pytest_report_header() -> str:
    database = make_url(given_url() or "sqlite://").get_backend_name()
    limits = "Redis" if os.environ.get("REDIS_URL") else "this process"
    return f"database: {database}; rate limits: {limits}; jobs: this process"


class Outbox(list[Mail]):
    """Keeps mails instead of sending them."""

    async def send(self, mail: Mail) -> None:
        self.append(mail)


@dataclass
class Counter:
    count: int = 0


@pytest.fixture(scope="session", autouse=True)
def cheap_passwords() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        hasher = Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1)
        patch.setattr(security, "password_hasher", PasswordHash((hasher,)))
        yield


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with throwaway_database(tmp_path_factory.mktemp("database")) as url:
        migrate(url)
        yield url


@pytest.fixture(scope="session")
def settings(database_url: str) -> Settings:
    return make_settings(database_url=database_url, auth_rate_limit=UNLIMITED)


class IsolatedSettings(Settings, env_file=None):
    """Settings that read no `.env`."""


def make_settings(**values: Any) -> Settings:
    """Build settings of the test environment."""
    return IsolatedSettings(**{"environment": "test", "log_level": "warning", **values})


@pytest.fixture
def outbox() -> Outbox:
    return Outbox()


@pytest.fixture(scope="session")
def session_client(settings: Settings) -> Iterator[TestClient]:
    with TestClient(create_app(settings), raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(session_client: TestClient, outbox: Outbox) -> Iterator[Client]:
    """A client without credentials, in process, on empty tables."""
    app = session_client.app
    database: Database = app.state.database  # type: ignore[attr-defined]
    app.state.job_context = JobContext(database, outbox)  # type: ignore[attr-defined]
    session_client.cookies.clear()
    yield session_client
    portal = session_client.portal
    if portal is not None:
        portal.call(empty_tables, database)


async def empty_tables(database: Database) -> None:
    async with database.engine.begin() as connection:
        for table in reversed(Base.metadata.sorted_tables):
            await connection.execute(table.delete())


@pytest.fixture
def make_client(settings: Settings, outbox: Outbox) -> ClientFactory:
    """Build clients of apps with other environment variables, on the same database."""

    @contextmanager
    def build(**environment: str) -> Iterator[Client]:
        changes = {name.lower(): value for name, value in environment.items()}
        values = {"database_url": settings.database_url, "auth_rate_limit": UNLIMITED, **changes}
        app = create_app(make_settings(**values))
        app.state.job_context = JobContext(app.state.database, outbox)
        with TestClient(app, raise_server_exceptions=False) as client:
            yield client

    return build


@pytest.fixture
def make_superuser(client: Client, settings: Settings) -> Callable[[str, str], None]:
    def make(email: str, password: str) -> None:
        asyncio.run(_make_superuser(settings, email, password))

    return make


async def _make_superuser(settings: Settings, email: str, password: str) -> None:
    database = Database(settings)
    async with database.transaction() as session:
        await create_superuser(session, email=email, password=password)
    await database.dispose()


@pytest.fixture
def count_queries(session_client: TestClient) -> Callable[[], AbstractContextManager[Counter]]:
    """Count the SQL statements of a block, those that open and close transactions aside."""
    database: Database = session_client.app.state.database  # type: ignore[attr-defined]

    @contextmanager
    def counting() -> Iterator[Counter]:
        counter = Counter()

        def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            if not re.match(r"BEGIN|SAVEPOINT|RELEASE", statement):
                counter.count += 1

        event.listen(database.engine.sync_engine, "before_cursor_execute", count)
        try:
            yield counter
        finally:
            event.remove(database.engine.sync_engine, "before_cursor_execute", count)

    return counting
