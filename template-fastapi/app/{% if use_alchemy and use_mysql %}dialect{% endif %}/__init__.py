"""What is special to the databases in use: MySQL or MariaDB, and SQLite in development."""

import asyncio
from typing import Any

import asyncmy
from sqlalchemy import DateTime, Engine, String, Text
from sqlalchemy.dialects import mysql

from app import sqlite
from app.settings import Settings

CONNECT_TIMEOUT_SECONDS = 2
LOCK_TIMEOUT_SECONDS = 5
AGGREGATE_BYTES = 1 << 20
INIT_COMMAND = (
    f"SET SESSION innodb_lock_wait_timeout={LOCK_TIMEOUT_SECONDS}, time_zone='+00:00', "
    f"group_concat_max_len={AGGREGATE_BYTES}"
)

TIMESTAMP = DateTime().with_variant(mysql.DATETIME(fsp=6), "mysql")
LONG_TEXT = Text().with_variant(mysql.MEDIUMTEXT(collation="utf8mb4_bin"), "mysql")


def text_type(length: int) -> String:
    """A string column that compares and sorts by code points: case and accents count."""
    return String(length).with_variant(mysql.VARCHAR(length, collation="utf8mb4_bin"), "mysql")


def engine_options(settings: Settings) -> dict[str, Any]:
    if settings.database_url.startswith("sqlite"):
        return sqlite.engine_options()
    return {
        "pool_size": settings.database_pool_size,
        "max_overflow": settings.database_max_overflow,
        "pool_timeout": CONNECT_TIMEOUT_SECONDS,
        "pool_recycle": 1800,
        "pool_pre_ping": True,
        "isolation_level": "READ COMMITTED",
        "connect_args": {
            "async_creator_fn": _connect,
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "charset": "utf8mb4",
            "init_command": INIT_COMMAND,
        },
    }


async def _connect(**arguments: Any) -> Any:
    """Connect within the time limit, the server's handshake included."""
    async with asyncio.timeout(CONNECT_TIMEOUT_SECONDS):
        return await asyncmy.connect(**arguments)


def configure(engine: Engine) -> None:
    """Attach the listeners of the engine's database."""
    if engine.dialect.name == "sqlite":
        sqlite.configure(engine)
