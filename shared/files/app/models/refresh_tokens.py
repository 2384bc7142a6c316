"""Refresh tokens; only their digests are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.auth import DIGEST_LENGTH
from app.models.base import Base, Identified


class RefreshToken(Identified, Base):
    """A refresh token, good once; those that descend from one login share `family_id`."""

    __tablename__ = "refresh_tokens"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    family_id: Mapped[UUID] = mapped_column(index=True)
    digest: Mapped[str] = mapped_column(text_type(DIGEST_LENGTH), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
