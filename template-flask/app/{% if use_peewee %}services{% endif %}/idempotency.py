"""Idempotency-Key: the first answer again, for 24 hours.

The key is inserted in the transaction that does the work. Whoever comes second waits on the
unique index until that transaction ends, at most for the database's lock timeout of 5 s.
"""

from datetime import timedelta
from uuid import UUID

from peewee import IntegrityError, OperationalError

from app.database import Session, database
from app.errors import Conflict, Invalid
from app.models import IdempotencyKey
from app.models.base import utc_now
from app.security import digest

LIFETIME = timedelta(hours=24)


def claim_key(_session: Session, *, user_id: UUID, key: str, body: str) -> IdempotencyKey:
    """Return the key's row: a new one without an answer, or the earlier one with it.

    Whoever puts an answer into the row saves it.

    Raises:
        Invalid: the key came with another body before.
        Conflict: the request that came first is still not answered.
    """
    fingerprint = digest(body)
    try:
        with database.atomic():
            return IdempotencyKey.create(
                user=user_id, key=key, fingerprint=fingerprint, expires_at=utc_now() + LIFETIME
            )
    except IntegrityError:
        return _earlier(user_id=user_id, key=key, fingerprint=fingerprint)
    except OperationalError as error:
        if not database.is_connection_usable():
            raise
        raise Conflict("The first request with this key is still being answered") from error


def _earlier(*, user_id: UUID, key: str, fingerprint: str) -> IdempotencyKey:
    row = IdempotencyKey.get_or_none(IdempotencyKey.user == user_id, IdempotencyKey.key == key)
    if row is None:
        raise Conflict("The first request with this key has just failed; try again")
    if row.expires_at <= utc_now():
        row.fingerprint, row.expires_at, row.body = fingerprint, utc_now() + LIFETIME, ""
    if row.fingerprint != fingerprint:
        raise Invalid(
            "header.Idempotency-Key", "This key came with another body before", "key_reused"
        )
    return row
