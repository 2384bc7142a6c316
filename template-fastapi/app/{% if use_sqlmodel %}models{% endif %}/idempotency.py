"""First answers to requests that carried an Idempotency-Key."""

from datetime import datetime
from uuid import UUID

from sqlmodel import Field, UniqueConstraint

from app.dialect import LONG_TEXT, text_type
from app.models.auth import DIGEST_LENGTH
from app.models.base import Identified
from app.models.types import UTCDateTime


class IdempotencyKey(Identified, table=True):
    """A key of a user, the digest of the body that came with it, and the answer it got."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (UniqueConstraint("user_id", "key"),)

    user_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE")
    key: str = Field(sa_type=text_type(255))
    fingerprint: str = Field(sa_type=text_type(DIGEST_LENGTH))
    expires_at: datetime = Field(sa_type=UTCDateTime, index=True)
    location: str = Field(default="", sa_type=text_type(255))
    etag: str = Field(default="", sa_type=text_type(50))
    body: str = Field(default="", sa_type=LONG_TEXT)
