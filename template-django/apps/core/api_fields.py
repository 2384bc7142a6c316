"""Members of bodies and queries that are strict about types, and text that a database can hold."""

from datetime import UTC, datetime
from typing import Any

from rest_framework import serializers

EMAIL_LENGTH = 320


class StrictText(serializers.CharField):
    """A string, and nothing that could be made one.

    The base class refuses U+0000, which databases do, and lone surrogates, which UTF-8 cannot hold.
    """

    default_error_messages = {"type": "A string is needed."}

    def run_validation(self, data: Any = serializers.empty) -> Any:
        if data is not serializers.empty and data is not None and not isinstance(data, str):
            self.fail("type")
        return super().run_validation(data)


class TextField(StrictText):
    """Text that may be empty, unless told otherwise.

    The pattern is for the document; no lone surrogate matches one.
    """

    pattern = r"^[^\u0000]*$"

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_blank": True, **options})


class CleanTextField(TextField):
    """Text without the white space around it."""


class SecretField(TextField):
    """Text that is taken as it is: a password."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{**options, "trim_whitespace": False})


class NewPasswordField(SecretField):
    """A password to be; NIST SP 800-63B: length, and no other rule."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_blank": False, "min_length": 12, "max_length": 128, **options})


class EmailField(StrictText, serializers.EmailField):
    """An address, no longer than the column of its folded form."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"max_length": EMAIL_LENGTH, **options})

    def to_internal_value(self, data: Any) -> str:
        address: str = super().to_internal_value(data)
        if len(address.casefold()) > EMAIL_LENGTH:
            self.fail("invalid")
        return address


class StrictBooleanField(serializers.BooleanField):
    """`true` or `false`."""

    def to_internal_value(self, data: Any) -> bool:
        if not isinstance(data, bool):
            self.fail("invalid", input=data)
        return data


class MomentField(serializers.DateTimeField):
    """A date and time with an offset (RFC 3339), kept in UTC."""

    default_error_messages = {
        "offset": "A date and time with an offset is needed, as in RFC 3339.",
        "overflow": "This moment is outside of the calendar in UTC.",
    }

    def to_internal_value(self, value: Any) -> datetime:
        if not isinstance(value, str) or "t" not in value.lower():
            self.fail("offset")
        try:
            moment = datetime.fromisoformat(value.upper())
        except ValueError:
            self.fail("offset")
        if moment.tzinfo is None:
            self.fail("offset")
        try:
            return moment.astimezone(UTC)
        except OverflowError:
            self.fail("overflow")
