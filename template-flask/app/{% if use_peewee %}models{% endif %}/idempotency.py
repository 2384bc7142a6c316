"""First answers to requests that carried an Idempotency-Key."""

from peewee import ForeignKeyField

from app.models.auth import DIGEST_LENGTH
from app.models.base import Identified
from app.models.fields import LongTextField, StringField, UTCDateTimeField
from app.models.users import User


class IdempotencyKey(Identified):
    """A key of a user, the digest of the body that came with it, and the answer it got."""

    user = ForeignKeyField(User, backref="idempotency_keys", on_delete="CASCADE", index=False)
    key = StringField(255)
    fingerprint = StringField(DIGEST_LENGTH)
    expires_at = UTCDateTimeField(index=True)
    location = StringField(255, default="")
    etag = StringField(50, default="")
    body = LongTextField(default="")

    class Meta:
        table_name = "idempotency_keys"
        indexes = ((("user", "key"), True),)
