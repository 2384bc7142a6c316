"""First answers to requests that carried an Idempotency-Key."""

from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation

from app.dialect import CodePointField, LongTextField
from app.models.auth import DIGEST_LENGTH
from app.models.base import Identified
from app.models.fields import UTCDateTimeField
from app.models.users import User


class IdempotencyKey(Identified):
    """A key of a user, the digest of the body that came with it, and the answer it got."""

    user: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="idempotency_keys")
    user_id: UUID
    key = CodePointField(255)
    fingerprint = CodePointField(DIGEST_LENGTH)
    expires_at = UTCDateTimeField(db_index=True)
    location = CodePointField(255, default="")
    etag = CodePointField(50, default="")
    body = LongTextField(default="")

    class Meta:
        table = "idempotency_keys"
        unique_together = (("user_id", "key"),)
