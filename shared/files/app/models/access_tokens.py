"""Access tokens; only their digests are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.auth import DIGEST_LENGTH
from app.models.base import Base, Identified


class AccessToken(Identified, Base):
    """An access token; it ends with the refresh token that it was issued with, if not before."""

    __tablename__ = "access_tokens"

    refresh_token_id: Mapped[UUID] = mapped_column(
        ForeignKey("refresh_tokens.id", ondelete="CASCADE"), index=True
    )
    digest: Mapped[str] = mapped_column(text_type(DIGEST_LENGTH), unique=True)
    expires_at: Mapped[datetime]
