"""First answers to requests that carried an Idempotency-Key."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import LONG_TEXT, text_type
from app.models.auth import DIGEST_LENGTH
from app.models.base import Base, Identified


class IdempotencyKey(Identified, Base):
    """A key of a user, the digest of the body that came with it, and the answer it got."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(text_type(255))
    fingerprint: Mapped[str] = mapped_column(text_type(DIGEST_LENGTH))
    expires_at: Mapped[datetime] = mapped_column(index=True)
    location: Mapped[str] = mapped_column(text_type(255), default="")
    etag: Mapped[str] = mapped_column(text_type(50), default="")
    body: Mapped[str] = mapped_column(LONG_TEXT, default="")
