"""What is special to the database in use: SQLite."""

from typing import Any, TypeVar
from urllib.parse import urlsplit

from tortoise.fields import CharField, TextField
from tortoise.models import Model
from tortoise.queryset import QuerySet

from app import sqlite
from app.settings import Settings

T = TypeVar("T", str, str | None)
M = TypeVar("M", bound=Model)

DRIVER_ERRORS: tuple[type[Exception], ...] = ()
"""What the driver raises that Tortoise does not make its own."""


class CodePointField(CharField[T]):
    """Text that compares and sorts by code points."""

    def validate(self, value: Any) -> None:
        """Leave it to schemas: what is only looked for may be longer than the column."""


class LongTextField(TextField):
    """Text of any length, which compares by code points."""


def connection_options(settings: Settings) -> dict[str, Any]:
    return sqlite.connection_options(urlsplit(settings.database_url))


def is_lock_timeout(error: BaseException) -> bool:
    """Tell whether a statement waited in vain for a row, or a writer, that was locked."""
    return sqlite.is_lock_timeout(error)


def hold_first(query: QuerySet[M]) -> QuerySet[M]:
    """Hold the row that came before a refused insert: here the one writer holds everything."""
    return query
