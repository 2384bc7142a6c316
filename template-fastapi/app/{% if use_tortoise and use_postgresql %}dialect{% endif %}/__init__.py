"""What is special to the databases in use: PostgreSQL, and SQLite in development and tests."""

from typing import Any, TypeVar
from urllib.parse import unquote, urlsplit

from asyncpg import exceptions
from tortoise.fields import CharField, TextField
from tortoise.models import Model
from tortoise.queryset import QuerySet

from app import sqlite
from app.connections import WAIT_SECONDS
from app.settings import Settings

COMMAND_TIMEOUT_SECONDS = 30
LOCK_TIMEOUT_MILLISECONDS = 5000

T = TypeVar("T", str, str | None)
M = TypeVar("M", bound=Model)

DRIVER_ERRORS: tuple[type[Exception], ...] = (exceptions.PostgresError, exceptions.InterfaceError)
"""What the driver raises that Tortoise does not make its own."""


class CodePointField(CharField[T]):
    """Text that compares and sorts by code points, whatever the server's locale."""

    class _db_postgres:
        def __init__(self, field: "CodePointField[Any]") -> None:
            self.field = field

        @property
        def SQL_TYPE(self) -> str:
            return f'VARCHAR({self.field.max_length}) COLLATE "C"'

    def validate(self, value: Any) -> None:
        """Leave it to schemas: what is only looked for may be longer than the column."""


class LongTextField(TextField):
    """Text of any length."""


def connection_options(settings: Settings) -> dict[str, Any]:
    url = urlsplit(settings.database_url)
    if url.scheme.startswith("sqlite"):
        return sqlite.connection_options(url)
    return {
        "engine": "app.postgresql",
        "credentials": {
            "host": url.hostname,
            "port": url.port or 5432,
            "user": unquote(url.username or "") or None,
            "password": unquote(url.password or "") or None,
            "database": url.path.removeprefix("/") or None,
            "minsize": 0,
            "maxsize": settings.database_pool_size + settings.database_max_overflow,
            "max_inactive_connection_lifetime": 1800,
            "reset": _keep,
            "timeout": WAIT_SECONDS,
            "command_timeout": COMMAND_TIMEOUT_SECONDS,
            "server_settings": {"lock_timeout": str(LOCK_TIMEOUT_MILLISECONDS), "jit": "off"},
        },
    }


async def _keep(_connection: object) -> None:
    """Give a connection back as it is: nothing here changes one, and resetting is a round trip."""


def is_lock_timeout(error: BaseException) -> bool:
    """Tell whether a statement waited in vain for a row, or a writer, that was locked."""
    return isinstance(error, exceptions.LockNotAvailableError) or sqlite.is_lock_timeout(error)


def hold_first(query: QuerySet[M]) -> QuerySet[M]:
    """Hold the row that came before a refused insert."""
    return query.select_for_update(no_key=True)
