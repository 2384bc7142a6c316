"""Todos, and which tags they carry."""

from enum import IntEnum, StrEnum
from typing import Any, ClassVar

from peewee import (
    PREFETCH_TYPE,
    CompositeKey,
    DeferredThroughModel,
    ForeignKeyField,
    IntegerField,
    Load,
    ManyToManyField,
)

from app.models.base import Base, Timestamped
from app.models.fields import LongTextField, StringField, UTCDateTimeField
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


through = DeferredThroughModel()


class Todo(Timestamped):
    """A todo; the case-folded fields are what a search reads."""

    links: ClassVar[Any]

    owner = ForeignKeyField(User, backref="todos", on_delete="CASCADE", index=False)
    title = StringField(TITLE_LENGTH)
    title_folded = StringField(TITLE_LENGTH * CASE_FOLDED_GROWTH)
    description = LongTextField(default="")
    description_folded = LongTextField(default="")
    status = StringField(10, default=TodoStatus.OPEN.value)
    priority = IntegerField(default=PriorityRank.MEDIUM.value)
    due_at = UTCDateTimeField(null=True)
    completed_at = UTCDateTimeField(null=True)
    version = IntegerField(default=1)
    tags = ManyToManyField(Tag, backref="todos", through_model=through)

    class Meta:
        table_name = "todos"
        indexes = (
            (("owner", "created_at", "id"), False),
            (("owner", "updated_at", "id"), False),
            (("owner", "due_at", "id"), False),
        )


class TodoTag(Base):
    todo = ForeignKeyField(Todo, backref="links", on_delete="CASCADE", index=False)
    tag = ForeignKeyField(Tag, backref="links", on_delete="CASCADE")

    class Meta:
        table_name = "todo_tags"
        primary_key = CompositeKey("todo", "tag")


through.set_model(TodoTag)

TAGS = Load(
    Todo.links,
    TodoTag.select(TodoTag, Tag).join(Tag).order_by(Tag.name),
    strategy=PREFETCH_TYPE.MATERIALIZE,
)
"""For `query.with_related(TAGS)`: reads the tags of all todos that it finds by one query more."""
