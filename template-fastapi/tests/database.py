"""A throwaway database for the tests, beside those that people own and never one of them."""

import asyncio
import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, text
from sqlalchemy.engine import make_url
from sqlalchemy.ext.asyncio import create_async_engine

ROOT = Path(__file__).parent.parent


def given_url() -> str | None:
    """The server to test on: `DATABASE_URL` of the environment, never that of `.env`."""
    return os.environ.get("DATABASE_URL")


@contextmanager
def throwaway_database(folder: Path) -> Iterator[str]:
    """Yield the URL of a new database: on the given server, else a SQLite file in the folder."""
    url = make_url(given_url() or "sqlite+aiosqlite://")
    if url.get_backend_name() == "sqlite":
        yield f"sqlite+aiosqlite:///{folder / 'test.db'}"
        return
    name = f"{url.database or 'app'}_test_{secrets.token_hex(6)}"
    server = url.render_as_string(hide_password=False)
    asyncio.run(_execute(server, f"CREATE DATABASE {name}"))
    try:
        yield url.set(database=name).render_as_string(hide_password=False)
    finally:
        asyncio.run(_execute(server, f"DROP DATABASE {name}"))


def migrate(url: str) -> None:
    """Bring the database up to the newest migration."""
    asyncio.run(_migrate(url))


async def _migrate(url: str) -> None:
    config = Config(ROOT / "alembic.ini")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        await connection.run_sync(_upgrade, config)
    await engine.dispose()


def _upgrade(connection: Connection, config: Config) -> None:
    config.attributes["connection"] = connection
    command.upgrade(config, "head")


async def _execute(url: str, statement: str) -> None:
    engine = create_async_engine(url, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        await connection.execute(text(statement))
    await engine.dispose()
