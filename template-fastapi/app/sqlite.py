"""SQLite: the database of development and tests."""

from typing import Any

from sqlalchemy import Connection, Engine, event
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


def _prepare_connection(connection: Any, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "synchronous=NORMAL", "foreign_keys=ON"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_immediate(connection: Connection) -> None:
    if connection.get_execution_options().get("isolation_level") != "AUTOCOMMIT":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
