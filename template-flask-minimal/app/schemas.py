"""What the API takes and shows."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StringConstraints,
)

from app.models import TITLE_LENGTH, PriorityRank, TodoStatus

STORABLE = r"^[^\u0000]*$"
"""Any text but U+0000, which databases refuse, and lone surrogates, which no pattern matches."""


class Priority(StrEnum):
    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"
    URGENT = "urgent"

    @property
    def rank(self) -> int:
        return PriorityRank[self.name].value


def _from_rank(value: Any) -> Any:
    return PriorityRank(value).name.lower() if isinstance(value, int) else value


def _refuse_dates_and_numbers(value: object) -> object:
    if value is None or isinstance(value, datetime):
        return value
    if isinstance(value, str) and "t" in value.lower():
        return value
    raise ValueError("a date and time with an offset is needed, as in RFC 3339")


def _in_utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError as error:
        raise ValueError("this moment is outside of the calendar in UTC") from error


def _optional(**arguments: Any) -> Any:
    """A member of a merge patch (RFC 7396) that may be absent, and has no default then."""
    return Field(default=None, json_schema_extra=_drop_default, **arguments)


def _drop_default(schema: dict[str, Any]) -> None:
    schema.pop("default", None)


Text = Annotated[str, StringConstraints(strip_whitespace=True, pattern=STORABLE)]
Title = Annotated[Text, Field(min_length=1, max_length=TITLE_LENGTH)]
Description = Annotated[Text, Field(max_length=10_000)]
Moment = Annotated[
    AwareDatetime, BeforeValidator(_refuse_dates_and_numbers), AfterValidator(_in_utc)
]


class Request(BaseModel):
    """A body; unknown members are refused, so that a typo never passes in silence."""

    model_config = ConfigDict(extra="forbid")


class TodoCreate(Request):
    title: Title = Field(examples=["Water the plants"])
    description: Description = ""
    status: TodoStatus = TodoStatus.OPEN
    priority: Priority = Priority.MEDIUM
    due_at: Moment | None = Field(default=None, examples=["2030-01-31T12:00:00Z"])


class TodoUpdate(Request):
    """A merge patch (RFC 7396): an absent member stays as it is."""

    title: Title = _optional(examples=["Water the plants"])
    description: Description = _optional()
    status: TodoStatus = _optional()
    priority: Priority = _optional()
    due_at: Moment | None = _optional()


class TodoQuery(BaseModel):
    """Filters, sort and page of a list."""

    status: TodoStatus | None = None
    priority: Priority | None = None
    due_before: Moment | None = None
    due_after: Moment | None = None
    q: Text | None = None
    sort: str = Field(
        default="-created_at", pattern=r"^-?(created_at|updated_at|due_at|priority|title)$"
    )
    limit: int = Field(default=20, ge=1, le=100, description="Items a page")
    cursor: Text | None = Field(default=None, description="`next_cursor` of the page before")


class Todo(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    title: str = Field(examples=["Water the plants"])
    description: str
    status: TodoStatus
    priority: Annotated[Priority, BeforeValidator(_from_rank)]
    due_at: datetime | None
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    version: int = Field(examples=[1])


class TodoPage(BaseModel):
    items: list[Todo]
    next_cursor: str | None


class PriorityCounts(BaseModel):
    low: int
    medium: int
    high: int
    urgent: int


class TodoStats(BaseModel):
    open: int
    done: int
    overdue: int
    by_priority: PriorityCounts


class Liveness(BaseModel):
    status: Literal["alive"]


class Readiness(BaseModel):
    status: Literal["ready", "unavailable"]
    checks: dict[str, Literal["ok", "failed"]]


class Problem(BaseModel):
    """An error answer (RFC 9457)."""

    type: str = Field(examples=["about:blank"])
    title: str = Field(examples=["Not Found"])
    status: int = Field(examples=[404])
    detail: str = Field(examples=["There is no such todo"])
    instance: str = Field(examples=["/api/v1/todos/0190163d-8694-739b-aea5-966c26f8ad91"])
    request_id: str = Field(examples=["4bf92f3577b34da6a3ce929d0e0e4736"])


class FieldError(BaseModel):
    location: str = Field(examples=["body.title"])
    message: str = Field(examples=["Field required"])
    code: str = Field(examples=["missing"])


class ValidationProblem(Problem):
    errors: list[FieldError]
