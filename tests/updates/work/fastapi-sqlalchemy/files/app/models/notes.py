"""Notes."""

from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import LONG_TEXT
from app.models.base import Base, Identified


class Note(Identified, Base):
    __tablename__ = "notes"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    text: Mapped[str] = mapped_column(LONG_TEXT)
