"""Idempotency-Key: the first answer again, for 24 hours.

The key is inserted in the transaction that does the work. Whoever comes second waits on the
unique index until that transaction ends, at most for the database's lock timeout of 5 s.
"""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm import Session

from app.errors import Conflict, Invalid
from app.models import IdempotencyKey
from app.models.base import utc_now
from app.security import digest

LIFETIME = timedelta(hours=24)


def claim_key(session: Session, *, user_id: UUID, key: str, body: str) -> IdempotencyKey:
    """Return the key's row: a new one without an answer, or the earlier one with it.

    Raises:
        Invalid: the key came with another body before.
        Conflict: the request that came first is still not answered.
    """
    row = IdempotencyKey(
        user_id=user_id, key=key, fingerprint=digest(body), expires_at=utc_now() + LIFETIME
    )
    try:
        with session.begin_nested():
            session.add(row)
    except IntegrityError:
        return _earlier(session, user_id=user_id, key=key, fingerprint=digest(body))
    except DBAPIError as error:
        if error.connection_invalidated:
            raise
        raise Conflict("The first request with this key is still being answered") from error
    return row


def _earlier(session: Session, *, user_id: UUID, key: str, fingerprint: str) -> IdempotencyKey:
    row = session.scalar(
        select(IdempotencyKey).where(IdempotencyKey.user_id == user_id, IdempotencyKey.key == key)
    )
    if row is None:
        raise Conflict("The first request with this key has just failed; try again")
    if row.expires_at <= utc_now():
        row.fingerprint, row.expires_at, row.body = fingerprint, utc_now() + LIFETIME, ""
    if row.fingerprint != fingerprint:
        raise Invalid(
            "header.Idempotency-Key", "This key came with another body before", "key_reused"
        )
    return row
