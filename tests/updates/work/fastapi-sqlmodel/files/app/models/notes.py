"""Notes."""

from uuid import UUID

from sqlmodel import Field

from app.dialect import LONG_TEXT
from app.models.base import Identified


class Note(Identified, table=True):
    __tablename__ = "notes"

    owner_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    text: str = Field(sa_type=LONG_TEXT)
