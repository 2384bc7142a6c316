"""Tokens that were mailed; only their digests are stored."""

from datetime import datetime
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation

from app.dialect import CodePointField
from app.models.base import Identified
from app.models.fields import UTCDateTimeField
from app.models.users import EMAIL_LENGTH, User

DIGEST_LENGTH = 64


class EmailToken(Identified):
    """A token that was mailed, good once for its purpose and its address."""

    user: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="email_tokens", db_index=True
    )
    user_id: UUID
    purpose = CodePointField(20)
    email = CodePointField(EMAIL_LENGTH)
    digest = CodePointField(DIGEST_LENGTH, unique=True)
    expires_at = UTCDateTimeField(db_index=True)
    used_at = UTCDateTimeField[datetime | None](null=True)

    class Meta:
        table = "email_tokens"
