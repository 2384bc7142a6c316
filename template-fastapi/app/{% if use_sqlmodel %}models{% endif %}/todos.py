"""Todos."""

from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any
from uuid import UUID

from sqlmodel import Field, Index, Relationship, col, func, select, type_coerce
from sqlmodel.sql.expression import Select

from app.dialect import LONG_TEXT, text_type
from app.models.base import Timestamped
from app.models.tags import Tag, TodoTag
from app.models.types import NameList, UTCDateTime

TITLE_LENGTH = 200
CASE_FOLDED_GROWTH = 3
"""Unicode case folding turns one code point into at most three (CaseFolding.txt, status F)."""


class TodoStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


class PriorityRank(IntEnum):
    """How priorities sort; the columns hold these numbers."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    URGENT = 3


class Todo(Timestamped, table=True):
    """A todo; the case-folded columns are what a search reads."""

    __tablename__ = "todos"
    __table_args__ = (
        Index("ix_todos_owner_id_created_at_id", "owner_id", "created_at", "id"),
        Index("ix_todos_owner_id_updated_at_id", "owner_id", "updated_at", "id"),
        Index("ix_todos_owner_id_due_at_id", "owner_id", "due_at", "id"),
    )

    owner_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    title: str = Field(sa_type=text_type(TITLE_LENGTH))
    title_folded: str = Field(sa_type=text_type(TITLE_LENGTH * CASE_FOLDED_GROWTH))
    description: str = Field(default="", sa_type=LONG_TEXT)
    description_folded: str = Field(default="", sa_type=LONG_TEXT)
    status: str = Field(default=TodoStatus.OPEN.value, sa_type=text_type(10))
    priority: int = PriorityRank.MEDIUM.value
    due_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    completed_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    version: int = 1

    tags: list[Tag] = Relationship(
        link_model=TodoTag,
        passive_deletes=True,
        sa_relationship_kwargs={"lazy": "raise", "order_by": Tag.name},
    )


TAG_NAMES = type_coerce(
    select(func.aggregate_strings(col(Tag.name), NameList.SEPARATOR))
    .join(TodoTag)
    .where(TodoTag.todo_id == Todo.id)
    .correlate(Todo)
    .scalar_subquery(),
    NameList,
).label("tags")
"""The names of a todo's tags, for queries that read todos without loading them."""

SHOWN: Select[*tuple[Any, ...]] = Select(
    col(Todo.id),
    col(Todo.title),
    col(Todo.description),
    col(Todo.status),
    col(Todo.priority),
    col(Todo.due_at),
    TAG_NAMES,
    col(Todo.created_at),
    col(Todo.updated_at),
    col(Todo.completed_at),
    col(Todo.version),
)
"""What the API shows of a todo, for queries that only read; `select()` takes four columns."""
