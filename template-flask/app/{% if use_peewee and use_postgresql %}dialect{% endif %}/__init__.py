"""What is special to the databases in use: PostgreSQL, and SQLite in development and tests."""

import sqlite3

import psycopg
from peewee import Database
from playhouse.pool import PooledPostgresqlDatabase

from app import sqlite
from app.pools import pool_options
from app.settings import Settings

SCHEME = "postgresql+psycopg://"
CONNECT_TIMEOUT_SECONDS = 2
COMMAND_TIMEOUT_MILLISECONDS = 30_000
LOCK_TIMEOUT_MILLISECONDS = 5000
SESSION_OPTIONS = (
    f"-c statement_timeout={COMMAND_TIMEOUT_MILLISECONDS} "
    f"-c lock_timeout={LOCK_TIMEOUT_MILLISECONDS} -c jit=off"
)
FIELD_TYPES = {
    "VARCHAR": "CHARACTER VARYING",
    "LONG_TEXT": "TEXT",
    "UTC_DATETIME": "TIMESTAMP WITH TIME ZONE",
    "CODE_POINTS": ' COLLATE "C"',
}
SHARE_LOCK = "FOR SHARE"
DRIVER_ERRORS: tuple[type[Exception], ...] = (psycopg.Error, sqlite3.Error)


def open_database(settings: Settings) -> Database:
    """Return a pool of connections; none is opened yet."""
    if settings.database_url.startswith(sqlite.SCHEME):
        return sqlite.open_database(settings)
    database: Database = PooledPostgresqlDatabase(
        settings.database_url.replace(SCHEME, "postgresql://", 1),
        field_types=FIELD_TYPES,
        stale_timeout=1800,
        prefer_psycopg3=True,
        connect_timeout=CONNECT_TIMEOUT_SECONDS,
        tcp_user_timeout=COMMAND_TIMEOUT_MILLISECONDS,
        options=SESSION_OPTIONS,
        **pool_options(settings),
    )
    return database
