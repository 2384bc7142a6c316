"""What request and response models share."""

from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)
from pydantic import EmailStr as PydanticEmail

STORABLE = r"^[^\u0000]*$"
"""Any text but U+0000, which databases refuse, and lone surrogates, which no pattern matches."""


class Request(BaseModel):
    """A body; unknown members are refused, so that a typo never passes in silence."""

    model_config = ConfigDict(extra="forbid")


class Response(BaseModel):
    model_config = ConfigDict(from_attributes=True)


def unset(**arguments: Any) -> Any:
    """A member of a merge patch (RFC 7396) that may be absent, and has no default then."""
    return Field(default=None, json_schema_extra=_drop_default, **arguments)


def _drop_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


def _refuse_numbers(value: object) -> object:
    if isinstance(value, str) and "t" in value.lower():
        return value
    if value is None or isinstance(value, datetime):
        return value
    raise ValueError("a date and time with an offset is needed, as in RFC 3339")


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this moment is outside of the calendar in UTC") from error


CleanText = Annotated[str, StringConstraints(strip_whitespace=True, pattern=STORABLE)]
Secret = Annotated[str, StringConstraints(pattern=STORABLE)]
NewPassword = Annotated[Secret, Field(min_length=12, max_length=128)]
FullName = Annotated[CleanText, Field(max_length=200)]
Email = Annotated[
    PydanticEmail,
    Field(max_length=320),
    BeforeValidator(lambda value: value.strip() if isinstance(value, str) else value),
]
UTCMoment = Annotated[AwareDatetime, BeforeValidator(_refuse_numbers), AfterValidator(_in_utc)]
