"""What the tests stand on: the service on a throwaway database, its client, its outbox.

The API tests in tests/api/ know the service only through these fixtures and HTTP.
"""

import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from typing import Any
from unittest.mock import patch
from wsgiref.types import WSGIApplication

import pytest
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail import EmailMessage
from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.test.utils import setup_databases, teardown_databases
from httpx2 import Client
from pytest_django import DjangoDbBlocker

from apps.core import limits
from apps.core.bodies import BoundedBodyWSGI
from apps.users.models import User
from apps.users.services.users import create_superuser
from tests.environment import other_environment
from tests.outbox import Outbox
from tests.transport import ServerTransport

ClientFactory = Callable[..., AbstractContextManager[Client]]


def pytest_report_header() -> str:
    counted = "Redis" if settings.REDIS_URL else "this process"
    return f"database: {connection.vendor}; rate limits: {counted}; jobs: this process"


@dataclass
class Counter:
    count: int = 0


@pytest.fixture(scope="session", autouse=True)
def own_attempts() -> Iterator[None]:
    """Count apart from other runs of the tests on the same Redis."""
    with patch.object(limits, "KEY_PREFIX", f"test-{secrets.token_hex(6)}"):
        yield


@pytest.fixture
def outbox(mailoutbox: list[EmailMessage]) -> Outbox:
    return Outbox()


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: DjangoDbBlocker
) -> Iterator[None]:
    """Make and migrate the database that the settings of the tests name, and drop it afterwards."""
    with django_db_blocker.unblock():
        former = setup_databases(verbosity=0, interactive=False, serialized_aliases=set())
    yield
    with django_db_blocker.unblock():
        teardown_databases(former, verbosity=0)


@pytest.fixture
def database(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """A migrated database with real transactions, whose rows go when the test has ended.

    Whatever a test leaves behind belongs to a user, and goes with it.
    """
    with django_db_blocker.unblock():
        yield
        User.objects.all().delete()
        connection.close()


def build_client(application: WSGIApplication, address: str = "127.0.0.1") -> Client:
    """Build a client that calls the application from this address."""
    return Client(transport=ServerTransport(application, address), base_url="http://testserver")


@pytest.fixture(scope="session")
def application() -> WSGIApplication:
    return BoundedBodyWSGI(WSGIHandler())


@pytest.fixture
def client(application: WSGIApplication, database: None, outbox: Outbox) -> Iterator[Client]:
    """A client without credentials, in process, on empty tables."""
    with build_client(application) as client:
        yield client


@pytest.fixture
def make_client(database: None, outbox: Outbox) -> ClientFactory:
    """Build clients of the service with other environment variables, on the same database."""

    @contextmanager
    def build(**environment: str) -> Iterator[Client]:
        with (
            other_environment(environment),
            build_client(BoundedBodyWSGI(WSGIHandler())) as client,
        ):
            yield client

    return build


@pytest.fixture
def make_superuser(database: None) -> Callable[[str, str], None]:
    def make(email: str, password: str) -> None:
        create_superuser(email=email, password=password)

    return make


@pytest.fixture
def count_queries() -> Callable[[], AbstractContextManager[Counter]]:
    """Count the SQL statements of a block, those that open and close transactions aside."""

    @contextmanager
    def counting() -> Iterator[Counter]:
        counter = Counter()
        execute: Any = CursorWrapper.execute

        def count(cursor: CursorWrapper, sql: str, params: Any = None) -> Any:
            if not re.match(r"BEGIN|SAVEPOINT|RELEASE", str(sql)):
                counter.count += 1
            return execute(cursor, sql, params)

        with patch.object(CursorWrapper, "execute", count):
            yield counter

    return counting
