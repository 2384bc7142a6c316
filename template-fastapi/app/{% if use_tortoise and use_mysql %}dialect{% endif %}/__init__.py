"""What is special to the databases in use: MySQL or MariaDB, and SQLite in development."""

from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from asyncmy.constants import CLIENT
from asyncmy.errors import MySQLError
from tortoise.exceptions import OperationalError
from tortoise.fields import CharField, TextField
from tortoise.models import Model
from tortoise.queryset import QuerySet

from app import sqlite
from app.connections import WAIT_SECONDS
from app.settings import Settings

LOCK_TIMEOUT_SECONDS = 5
LOCK_WAIT_TIMEOUT = 1205
"""ER_LOCK_WAIT_TIMEOUT."""

# A search casts what it looks into, which then compares by the connection's collation.
INIT_COMMAND = (
    f"SET SESSION innodb_lock_wait_timeout={LOCK_TIMEOUT_SECONDS}, time_zone='+00:00', "
    "collation_connection=utf8mb4_bin"
)

T = TypeVar("T", str, str | None)
M = TypeVar("M", bound=Model)

DRIVER_ERRORS: tuple[type[Exception], ...] = (MySQLError,)
"""What the driver raises that Tortoise does not make its own."""


class CodePointField(CharField[T]):
    """Text that compares and sorts by code points: case and accents count."""

    class _db_mysql:
        def __init__(self, field: "CodePointField[Any]") -> None:
            self.field = field

        @property
        def SQL_TYPE(self) -> str:
            return f"VARCHAR({self.field.max_length}) COLLATE utf8mb4_bin"

    def validate(self, value: Any) -> None:
        """Leave it to schemas: what is only looked for may be longer than the column."""


class LongTextField(TextField):
    """Text of any length, which compares by code points."""

    class _db_mysql:
        SQL_TYPE = "MEDIUMTEXT COLLATE utf8mb4_bin"


def connection_options(settings: Settings) -> dict[str, Any]:
    url = urlsplit(settings.database_url)
    if url.scheme.startswith("sqlite"):
        return sqlite.connection_options(url)
    return {
        "engine": "app.mysql",
        "credentials": {
            "host": url.hostname,
            "port": url.port or 3306,
            "user": unquote(url.username or ""),
            "password": unquote(url.password or ""),
            "database": url.path.removeprefix("/"),
            "minsize": 0,
            "maxsize": settings.database_pool_size + settings.database_max_overflow,
            "pool_recycle": 1800,
            "connect_timeout": WAIT_SECONDS,
            "client_flag": CLIENT.FOUND_ROWS,
            "init_command": INIT_COMMAND,
        },
    }


def is_lock_timeout(error: BaseException) -> bool:
    """Tell whether a statement waited in vain for a row, or a writer, that was locked."""
    cause = error.args[0] if isinstance(error, OperationalError) and error.args else None
    is_timeout = isinstance(cause, MySQLError) and cause.args[0] == LOCK_WAIT_TIMEOUT
    return is_timeout or sqlite.is_lock_timeout(error)


def hold_first(query: QuerySet[M]) -> QuerySet[M]:
    """Hold the row that came before a refused insert: here the insert itself keeps a shared lock.

    Two that asked for more of it would wait for each other.
    """
    return query
