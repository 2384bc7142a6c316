"""The tables: todos."""

from datetime import datetime
from enum import IntEnum, StrEnum
from uuid import UUID

from sqlalchemy import Index, Uuid
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.database import Base, UTCDateTime, utc_now
from app.dialect import LONG_TEXT, text_type

TITLE_LENGTH = 200


class TodoStatus(StrEnum):
    OPEN = "open"
    DONE = "done"


class PriorityRank(IntEnum):
    """How priorities sort; the column holds these numbers."""

    LOW = 0
    MEDIUM = 1
    HIGH = 2
    URGENT = 3


class Todo(Base):
    """A todo; `folded` is its case-folded text, which a search reads."""

    __tablename__ = "todos"
    __table_args__ = (
        Index("ix_todos_created_at_id", "created_at", "id"),
        Index("ix_todos_updated_at_id", "updated_at", "id"),
        Index("ix_todos_due_at_id", "due_at", "id"),
    )

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    title: Mapped[str] = mapped_column(text_type(TITLE_LENGTH))
    description: Mapped[str] = mapped_column(LONG_TEXT)
    folded: Mapped[str] = mapped_column(LONG_TEXT)
    status: Mapped[str] = mapped_column(text_type(10))
    priority: Mapped[int]
    due_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    created_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    updated_at: Mapped[datetime] = mapped_column(UTCDateTime, default=utc_now)
    completed_at: Mapped[datetime | None] = mapped_column(UTCDateTime)
    version: Mapped[int] = mapped_column(default=1)

    def write(self, **values: object) -> None:
        """Set what is given; the version, the times and the searched text follow.

        A todo that is written what it already says stays as it is.
        """
        now = utc_now()
        if "status" in values and values["status"] != self.status:
            self.completed_at = now if values["status"] == TodoStatus.DONE else None
        for name, value in values.items():
            setattr(self, name, value)
        self.folded = f"{self.title}\x1f{self.description}".casefold()
        self.updated_at = now
        self.version += 1
