"""Tags and which todos carry them."""

from uuid import UUID

from sqlmodel import Field, SQLModel, UniqueConstraint

from app.dialect import text_type
from app.models.base import Identified

TAG_NAME_LENGTH = 50


class Tag(Identified, table=True):
    __tablename__ = "tags"
    __table_args__ = (UniqueConstraint("owner_id", "name"),)

    owner_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    name: str = Field(sa_type=text_type(TAG_NAME_LENGTH))


class TodoTag(SQLModel, table=True):
    """That a todo carries a tag."""

    __tablename__ = "todo_tags"

    todo_id: UUID = Field(foreign_key="todos.id", ondelete="CASCADE", primary_key=True)
    tag_id: UUID = Field(foreign_key="tags.id", ondelete="CASCADE", primary_key=True, index=True)
