"""Column types that mean the same on every database."""

from datetime import UTC, datetime
from typing import Any, TypeVar

from tortoise.fields import DatetimeField

T = TypeVar("T", datetime, datetime | None)


class UTCDateTimeField(DatetimeField[T]):
    """An aware datetime in UTC, to the microsecond, on every database."""

    def to_db_value(self, value: Any, instance: Any) -> Any:
        if isinstance(value, datetime):
            if value.tzinfo is None:
                raise ValueError("a naive datetime names no instant")
            value = value.astimezone(UTC)
        return super().to_db_value(value, instance)
