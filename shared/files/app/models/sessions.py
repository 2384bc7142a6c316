"""Sessions; only the digests of their cookies are stored."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import text_type
from app.models.auth import DIGEST_LENGTH
from app.models.base import Base, Identified


class UserSession(Identified, Base):
    """A browser's session; `expires_at` moves on while it is used, and never past `ends_at`."""

    __tablename__ = "sessions"

    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    digest: Mapped[str] = mapped_column(text_type(DIGEST_LENGTH), unique=True)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
