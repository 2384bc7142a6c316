"""Todos."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from tortoise.fields import (
    ForeignKeyField,
    ForeignKeyRelation,
    IntField,
    ManyToManyField,
    ManyToManyRelation,
)
from tortoise.indexes import Index

from app.dialect import CodePointField, LongTextField
from app.models.base import Timestamped
from app.models.fields import UTCDateTimeField
from app.models.tags import Tag
from app.models.users import User

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


class Todo(Timestamped):
    """A todo, whose case-folded columns are what a search reads."""

    owner: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="todos")
    owner_id: UUID
    title = CodePointField(TITLE_LENGTH)
    title_folded = CodePointField(TITLE_LENGTH * CASE_FOLDED_GROWTH)
    description = LongTextField(default="")
    description_folded = LongTextField(default="")
    status = CodePointField(10, default=TodoStatus.OPEN.value)
    priority = IntField(default=PriorityRank.MEDIUM.value)
    due_at = UTCDateTimeField[datetime | None](null=True)
    completed_at = UTCDateTimeField[datetime | None](null=True)
    version = IntField(default=1)

    tags: ManyToManyRelation[Tag] = ManyToManyField(
        "models.Tag",
        related_name="todos",
        through="todo_tags",
        forward_key="tag_id",
        backward_key="todo_id",
    )

    class Meta:
        table = "todos"
        indexes = (
            Index(fields=("owner_id", "created_at", "id"), name="ix_todos_owner_created"),
            Index(fields=("owner_id", "updated_at", "id"), name="ix_todos_owner_updated"),
            Index(fields=("owner_id", "due_at", "id"), name="ix_todos_owner_due"),
        )
