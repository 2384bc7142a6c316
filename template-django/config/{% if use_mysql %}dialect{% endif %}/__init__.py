"""The databases in use: MySQL or MariaDB, and SQLite in development and tests."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, unquote, urlsplit

import pymysql
from django.core.exceptions import ImproperlyConfigured
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.dispatch import receiver

from config import sqlite

SCHEME = "mysql+pymysql"
CONNECT_TIMEOUT_SECONDS = 2
KEEP_SECONDS = 60
LOCK_TIMEOUT_SECONDS = 5
AGGREGATE_BYTES = 1 << 20
INIT_COMMAND = (
    f"SET SESSION innodb_lock_wait_timeout={LOCK_TIMEOUT_SECONDS}, "
    f"group_concat_max_len={AGGREGATE_BYTES}"
)

pymysql.install_as_MySQLdb()


@receiver(connection_created)
def _allow_long_statements(connection: BaseDatabaseWrapper, **_: Any) -> None:
    """Take off the limit that bound the server's handshake, and would bind a migration."""
    if connection.vendor == "mysql":
        connection.connection._read_timeout = None


def read_database_url(url: str, base_dir: Path) -> dict[str, Any]:
    """Return Django's settings of the database that the URL names.

    Raises:
        ImproperlyConfigured: the URL is of no database that this project runs on.
    """
    parts = urlsplit(url)
    if parts.scheme == sqlite.SCHEME:
        return sqlite.database(parts, base_dir)
    if parts.scheme != SCHEME:
        raise ImproperlyConfigured(
            f"DATABASE_URL must begin with {SCHEME}:// or {sqlite.SCHEME}:///"
        )
    return _database(parts)


def _database(url: SplitResult) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.mysql",
        "NAME": url.path.removeprefix("/"),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": url.hostname or "",
        "PORT": url.port or "",
        "CONN_MAX_AGE": KEEP_SECONDS,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            "charset": "utf8mb4",
            "connect_timeout": CONNECT_TIMEOUT_SECONDS,
            "read_timeout": CONNECT_TIMEOUT_SECONDS,
            "isolation_level": "read committed",
            "init_command": INIT_COMMAND,
        },
    }
