"""SQLite: the database of development and tests."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.pool import ConnectionPoolEntry

LOCK_TIMEOUT_SECONDS = 5


def engine_options() -> dict[str, Any]:
    return {"connect_args": {"timeout": LOCK_TIMEOUT_SECONDS}}


def configure(engine: Engine) -> None:
    """Enforce foreign keys and let writers queue instead of failing.

    Writing transactions begin IMMEDIATE: a deferred one that reads before it writes is refused
    when another writer came between (https://www.sqlite.org/lang_transaction.html).
    """
    event.listen(engine, "connect", _prepare_connection)
    event.listen(engine, "begin", _begin_immediate)


def is_lock_timeout(error: Exception) -> bool:
    """Tell whether a writer waited in vain for the one before it."""
    cause = error.orig if isinstance(error, DBAPIError) else None
    return (
        isinstance(cause, sqlite3.OperationalError)
        and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY
    )


def _prepare_connection(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
