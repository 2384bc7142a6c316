"""Tokens that were mailed; only their digests are stored."""

from uuid import UUID

from peewee import ForeignKeyField

from app.models.base import Identified
from app.models.fields import StringField, UTCDateTimeField
from app.models.users import EMAIL_LENGTH, User

DIGEST_LENGTH = 64


class EmailToken(Identified):
    """A token that was mailed, good once for its purpose and its address."""

    user_id: UUID

    user = ForeignKeyField(User, backref="email_tokens", on_delete="CASCADE")
    purpose = StringField(20)
    email = StringField(EMAIL_LENGTH)
    digest = StringField(DIGEST_LENGTH, unique=True)
    expires_at = UTCDateTimeField(index=True)
    used_at = UTCDateTimeField(null=True)

    class Meta:
        table_name = "email_tokens"
