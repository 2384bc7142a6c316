"""Column types."""

from datetime import UTC, datetime

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from app.dialect import TIMESTAMP


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, to the microsecond, on every database.

    Some drivers hand back naive values even for `timezone=True`; this type never does.
    """

    impl = TIMESTAMP
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime names no instant")
        in_utc = value.astimezone(UTC)
        return in_utc if TIMESTAMP.timezone else in_utc.replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class NameList(TypeDecorator[list[str]]):
    """Names that a query aggregated into one string, sorted; read from, never stored."""

    SEPARATOR = "\x1f"
    """Unit separator: a control character, which no name contains."""

    impl = Text
    cache_ok = True

    def process_result_value(self, value: str | None, dialect: Dialect) -> list[str] | None:
        return sorted(value.split(self.SEPARATOR)) if value else []
