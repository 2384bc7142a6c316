"""What is special to the databases in use: MySQL or MariaDB, and SQLite in development."""

from typing import Any

from sqlalchemy import DateTime, Engine, String, Text, event
from sqlalchemy.dialects import mysql
from sqlalchemy.pool import ConnectionPoolEntry

from app import sqlite
from app.settings import Settings

CONNECT_TIMEOUT_SECONDS = 2
COMMAND_TIMEOUT_SECONDS = 30
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
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "read_timeout": CONNECT_TIMEOUT_SECONDS,
            "write_timeout": COMMAND_TIMEOUT_SECONDS,
            "charset": "utf8mb4",
            "init_command": INIT_COMMAND,
        },
    }


def configure(engine: Engine) -> None:
    """Attach the listeners of the engine's database."""
    if engine.dialect.name == "sqlite":
        sqlite.configure(engine)
    else:
        event.listen(engine, "connect", _give_commands_their_time)


def _give_commands_their_time(connection: Any, _entry: ConnectionPoolEntry) -> None:
    """Commands may take longer than the server's handshake, which the driver times alike."""
    connection._read_timeout = COMMAND_TIMEOUT_SECONDS
