"""Todos as the API shows and takes them."""

from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, BaseModel, BeforeValidator, Field

from app.models.todos import PriorityRank, TodoStatus
from app.schemas.base import CleanText, Request, Response, UTCMoment, unset
from app.schemas.tags import TagName

MAXIMUM_TAGS = 20


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


def _tag_names(value: Any) -> Any:
    return [getattr(tag, "name", tag) for tag in value]


def _merge_duplicates(names: list[str]) -> list[str]:
    merged = sorted(set(names))
    if len(merged) > MAXIMUM_TAGS:
        raise ValueError(f"a todo has at most {MAXIMUM_TAGS} tags")
    return merged


Title = Annotated[CleanText, Field(min_length=1, max_length=200)]
Description = Annotated[CleanText, Field(max_length=10_000)]
TagNames = Annotated[list[TagName], AfterValidator(_merge_duplicates)]


class Todo(Response):
    id: UUID
    title: str = Field(examples=["Water the plants"])
    description: str
    status: TodoStatus
    priority: Annotated[Priority, BeforeValidator(_from_rank)]
    due_at: datetime | None
    tags: Annotated[list[str], BeforeValidator(_tag_names)] = Field(examples=[["home"]])
    created_at: datetime
    updated_at: datetime
    completed_at: datetime | None
    version: int = Field(examples=[1])


class TodoPage(Response):
    items: list[Todo]
    next_cursor: str | None


class TodoQuery(BaseModel):
    """Filters and sort of a list."""

    status: TodoStatus | None = None
    priority: Priority | None = None
    tag: CleanText | None = None
    due_before: UTCMoment | None = None
    due_after: UTCMoment | None = None
    q: CleanText | None = None
    sort: str = Field(
        default="-created_at", pattern=r"^-?(created_at|updated_at|due_at|priority|title)$"
    )


class TodoCreate(Request):
    title: Title = Field(examples=["Water the plants"])
    description: Description = ""
    status: TodoStatus = TodoStatus.OPEN
    priority: Priority = Priority.MEDIUM
    due_at: UTCMoment | None = Field(default=None, examples=["2030-01-31T12:00:00Z"])
    tags: TagNames = Field(default_factory=list, examples=[["home"]])


class TodoUpdate(Request):
    """A merge patch (RFC 7396): an absent member stays as it is."""

    title: Title = unset(examples=["Water the plants"])
    description: Description = unset()
    status: TodoStatus = unset()
    priority: Priority = unset()
    due_at: UTCMoment | None = unset()
    tags: TagNames = unset()


class PriorityCounts(Response):
    low: int
    medium: int
    high: int
    urgent: int


class TodoStats(Response):
    open: int
    done: int
    overdue: int
    by_priority: PriorityCounts
