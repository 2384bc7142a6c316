"""What is special to the databases in use: PostgreSQL, and SQLite in development and tests."""

from typing import Any

from sqlalchemy import DateTime, Engine, String, Text, event
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import ConnectionPoolEntry

from app import sqlite
from app.settings import Settings

CONNECT_TIMEOUT_SECONDS = 2
COMMAND_TIMEOUT_SECONDS = 30
LOCK_TIMEOUT_MILLISECONDS = 5000

TIMESTAMP = DateTime(timezone=True)
LONG_TEXT = Text()


def text_type(length: int) -> String:
    """A string column that compares and sorts by code points, whatever the server's locale."""
    return String(length).with_variant(String(length, collation="C"), "postgresql")


def engine_options(settings: Settings) -> dict[str, Any]:
    if settings.database_url.startswith("sqlite"):
        return sqlite.engine_options()
    return {
        "pool_size": settings.database_pool_size,
        "max_overflow": settings.database_max_overflow,
        "pool_timeout": CONNECT_TIMEOUT_SECONDS,
        "pool_recycle": 1800,
        "connect_args": {
            "timeout": CONNECT_TIMEOUT_SECONDS,
            "command_timeout": COMMAND_TIMEOUT_SECONDS,
            "server_settings": {"lock_timeout": str(LOCK_TIMEOUT_MILLISECONDS), "jit": "off"},
        },
    }


def configure(engine: Engine) -> None:
    """Attach the listeners of the engine's database."""
    if engine.dialect.name == "sqlite":
        sqlite.configure(engine)
    else:
        event.listen(engine, "checkout", _refuse_closed_connection)


def _refuse_closed_connection(connection: Any, _entry: ConnectionPoolEntry, _proxy: object) -> None:
    """Have the pool replace a connection that the server has closed; costs no round trip."""
    if connection.driver_connection.is_closed():
        raise DisconnectionError("the server closed this connection")
