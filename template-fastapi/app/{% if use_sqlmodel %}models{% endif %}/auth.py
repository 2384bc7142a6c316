"""Tokens that were mailed; only their digests are stored."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, Relationship

from app.dialect import text_type
from app.models.base import Identified
from app.models.types import UTCDateTime
from app.models.users import EMAIL_LENGTH, User

DIGEST_LENGTH = 64


class EmailToken(Identified, table=True):
    """A token that was mailed, good once for its purpose and its address."""

    __tablename__ = "email_tokens"

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    purpose: str = Field(sa_type=text_type(20))
    email: str = Field(sa_type=text_type(EMAIL_LENGTH))
    digest: str = Field(sa_type=text_type(DIGEST_LENGTH), unique=True)
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
    used_at: datetime | None = Field(default=None, sa_type=UTCDateTime)

    user: User = Relationship(sa_relationship_kwargs={"lazy": "raise"})
