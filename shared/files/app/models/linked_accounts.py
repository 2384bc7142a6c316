"""Accounts elsewhere that people log in with."""

from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.base import Base, Identified


class LinkedAccount(Identified, Base):
    """A user's account at a provider, by the provider's own id of it, which never changes."""

    __tablename__ = "linked_accounts"
    __table_args__ = (UniqueConstraint("provider", "subject"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    provider: Mapped[str] = mapped_column(text_type(20))
    subject: Mapped[str] = mapped_column(text_type(255))
