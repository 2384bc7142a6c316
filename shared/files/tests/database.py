"""A throwaway database for the tests, beside those that people own and never one of them."""

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

ROOT = Path(__file__).parent.parent


def given_url() -> str | None:
    """The server to test on: `DATABASE_URL` of the environment, never that of `.env`."""
    return os.environ.get("DATABASE_URL")


@contextmanager
def throwaway_database(folder: Path) -> Iterator[str]:
    """Yield the URL of a new database: on the given server, else a SQLite file in the folder."""
    url = make_url(given_url() or "sqlite://")
    if url.get_backend_name() == "sqlite":
        yield f"sqlite:///{folder / 'test.db'}"
        return
    name = f"{url.database or 'app'}_test_{secrets.token_hex(6)}"
    server = url.render_as_string(hide_password=False)
    _execute(server, f"CREATE DATABASE {name}")
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        _execute(server, f"DROP DATABASE {name}")


def migrate(url: str) -> None:
    """Bring the database up to the newest migration."""
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    engine = create_engine(url)
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    engine.dispose()


def _execute(url: str, statement: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(statement))
    engine.dispose()
