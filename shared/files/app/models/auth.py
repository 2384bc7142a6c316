"""Tokens that were mailed; only their digests are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.base import Base, Identified
from app.models.users import EMAIL_LENGTH

DIGEST_LENGTH = 64


class EmailToken(Identified, Base):
    """A token that was mailed, good once for its purpose and its address."""

    __tablename__ = "email_tokens"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(text_type(20))
    email: Mapped[str] = mapped_column(text_type(EMAIL_LENGTH))
    digest: Mapped[str] = mapped_column(text_type(DIGEST_LENGTH), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
