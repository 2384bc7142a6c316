"""What is special to the databases in use: MySQL or MariaDB, and SQLite in development."""

import sqlite3
from typing import Any, cast
from urllib.parse import parse_qsl, unquote, urlsplit

import pymysql
from peewee import Database, MySQLDatabase
from playhouse.pool import PooledMySQLDatabase
from pymysql.constants import CLIENT

from app import sqlite
from app.pools import pool_options
from app.settings import Settings

CONNECT_TIMEOUT_SECONDS = 2
COMMAND_TIMEOUT_SECONDS = 30
LOCK_TIMEOUT_SECONDS = 5
INIT_COMMAND = f"SET SESSION innodb_lock_wait_timeout={LOCK_TIMEOUT_SECONDS}, time_zone='+00:00'"
ISOLATION_COMMAND = "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED"
FIELD_TYPES = {
    "BOOL": "TINYINT(1)",
    "INT": "INT",
    "UUID": "CHAR(32)",
    "LONG_TEXT": "MEDIUMTEXT",
    "UTC_DATETIME": "DATETIME(6)",
    "CODE_POINTS": " COLLATE utf8mb4_bin",
}
SHARE_LOCK = "LOCK IN SHARE MODE"
DRIVER_ERRORS: tuple[type[Exception], ...] = (pymysql.Error, sqlite3.Error)


class Server(MySQLDatabase):
    """A server whose connections read what is committed, whatever its default."""

    def _connect(self) -> Any:
        connection = cast(Any, super())._connect()
        # Commands may take longer than the server's handshake, which the driver times alike.
        connection._read_timeout = COMMAND_TIMEOUT_SECONDS
        with connection.cursor() as cursor:
            cursor.execute(ISOLATION_COMMAND)
        return connection


# Peewee declares `init` of its two bases differently.
class PooledServer(PooledMySQLDatabase, Server):  # type: ignore[misc]
    """A pool of connections to the server."""


def open_database(settings: Settings) -> Database:
    """Return a pool of connections, none of them open yet.

    They count the rows that an UPDATE meets, as other databases do, not those that it changes.
    """
    if settings.database_url.startswith(sqlite.SCHEME):
        return sqlite.open_database(settings)
    pool: Any = PooledServer
    database: Database = pool(
        field_types=FIELD_TYPES,
        stale_timeout=1800,
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        read_timeout=CONNECT_TIMEOUT_SECONDS,
        write_timeout=COMMAND_TIMEOUT_SECONDS,
        init_command=INIT_COMMAND,
        client_flag=CLIENT.FOUND_ROWS,
        **pool_options(settings),
        **_address(settings.database_url),
    )
    return database


def _address(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    return {
        "database": parts.path.removeprefix("/"),
        "host": parts.hostname,
        "port": parts.port or 3306,
        "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""),
        **dict(parse_qsl(parts.query)),
    }
