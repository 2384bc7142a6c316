"""What the tests stand on: an app on a throwaway database, and its client."""

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy.engine import make_url

from app.database import Base, db
from app.main import create_app
from app.settings import Settings
from tests.database import given_url, migrate, throwaway_database


class IsolatedSettings(Settings, env_file=None):
    """Settings that read no `.env`."""


def make_settings(**values: Any) -> Settings:
    """Build settings of the test environment."""
    return IsolatedSettings(**{"environment": "test", "log_level": "critical", **values})


def pytest_report_header() -> str:
    return f"database: {make_url(given_url() or 'sqlite://').get_backend_name()}"


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with throwaway_database(tmp_path_factory.mktemp("database")) as url:
        migrate(url)
        yield url


@pytest.fixture(scope="session")
def app(database_url: str) -> Iterator[Flask]:
    app = create_app(make_settings(database_url=database_url))
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def client(app: Flask) -> Iterator[FlaskClient]:
    """A client on an empty table."""
    yield app.test_client()
    with app.app_context(), db.engine.begin() as connection:
        for table in Base.metadata.sorted_tables:
            connection.execute(table.delete())
