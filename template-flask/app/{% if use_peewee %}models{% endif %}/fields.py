"""Fields that are alike on every database; `app/dialect/` has what each calls their types."""

from datetime import UTC, datetime
from typing import Any

from peewee import SQL, CharField, DateTimeField, TextField


class UTCDateTimeField(DateTimeField):
    """An aware datetime in UTC, to the microsecond.

    Some drivers hand back naive values whatever was stored; this field never does.
    """

    field_type = "UTC_DATETIME"

    def db_value(self, value: Any) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a naive datetime names no instant")
        in_utc: datetime = value.astimezone(UTC)
        return in_utc

    def python_value(self, value: Any) -> datetime | None:
        if value is None:
            return None
        moment = value if isinstance(value, datetime) else datetime.fromisoformat(value)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


class StringField(CharField):
    """A string that compares and sorts by code points: case and accents count."""

    def ddl_datatype(self, ctx: Any) -> SQL:
        return _by_code_points(super().ddl_datatype(ctx), ctx)


class LongTextField(TextField):
    """A text of up to 16 MiB, compared by code points."""

    field_type = "LONG_TEXT"

    def ddl_datatype(self, ctx: Any) -> SQL:
        return _by_code_points(super().ddl_datatype(ctx), ctx)


def _by_code_points(declared: SQL, ctx: Any) -> SQL:
    return SQL(f"{declared.sql}{ctx.state.field_types.get('CODE_POINTS', '')}")
