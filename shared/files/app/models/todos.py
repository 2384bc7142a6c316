"""Todos."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey, Index, func, select, type_coerce
from sqlalchemy.orm import Mapped, mapped_column, relationship

from app.dialect import LONG_TEXT, text_type
from app.models.base import Base, Timestamped
from app.models.tags import Tag, todo_tags
from app.models.types import NameList

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


class Todo(Timestamped, Base):
    """A todo; the case-folded columns are what a search reads."""

    __tablename__ = "todos"
    __table_args__ = (
        Index("ix_todos_owner_id_created_at_id", "owner_id", "created_at", "id"),
        Index("ix_todos_owner_id_updated_at_id", "owner_id", "updated_at", "id"),
        Index("ix_todos_owner_id_due_at_id", "owner_id", "due_at", "id"),
    )

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    title: Mapped[str] = mapped_column(text_type(TITLE_LENGTH))
    title_folded: Mapped[str] = mapped_column(text_type(TITLE_LENGTH * CASE_FOLDED_GROWTH))
    description: Mapped[str] = mapped_column(LONG_TEXT, default="")
    description_folded: Mapped[str] = mapped_column(LONG_TEXT, default="")
    status: Mapped[str] = mapped_column(text_type(10), default=TodoStatus.OPEN.value)
    priority: Mapped[int] = mapped_column(default=PriorityRank.MEDIUM.value)
    due_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(default=1)

    tags: Mapped[list[Tag]] = relationship(
        secondary=todo_tags, lazy="raise", order_by=Tag.name, passive_deletes=True
    )


TAG_NAMES = type_coerce(
    select(func.aggregate_strings(Tag.name, NameList.SEPARATOR))
    .join(todo_tags, todo_tags.c.tag_id == Tag.id)
    .where(todo_tags.c.todo_id == Todo.id)
    .correlate(Todo)
    .scalar_subquery(),
    NameList,
).label("tags")
"""The names of a todo's tags, for queries that read todos without loading them."""

SHOWN_COLUMNS = (
    Todo.id,
    Todo.title,
    Todo.description,
    Todo.status,
    Todo.priority,
    Todo.due_at,
    TAG_NAMES,
    Todo.created_at,
    Todo.updated_at,
    Todo.completed_at,
    Todo.version,
)
"""What the API shows of a todo, for queries that only read."""
