"""Idempotency-Key: the first answer again, for 24 hours.

The key is inserted in the transaction that does the work. Whoever comes second waits on the
unique index until that transaction ends, at most for the database's lock timeout of 5 s.
"""

from datetime import timedelta
from uuid import UUID

from tortoise.exceptions import IntegrityError
from tortoise.transactions import in_transaction

from app import dialect
from app.database import AsyncSession
from app.errors import Conflict, Invalid
from app.models import IdempotencyKey
from app.models.base import utc_now
from app.security import digest

LIFETIME = timedelta(hours=24)


async def claim_key(session: AsyncSession, *, user_id: UUID, key: str, body: str) -> IdempotencyKey:
    """Return the key's row: a new one without an answer, or the earlier one with it.

    Raises:
        Invalid: the key came with another body before.
        Conflict: the request that came first is still not answered.
    """
    row = IdempotencyKey(
        user_id=user_id, key=key, fingerprint=digest(body), expires_at=utc_now() + LIFETIME
    )
    try:
        async with in_transaction():
            await row.save()
    except IntegrityError:
        return await _earlier(session, user_id=user_id, key=key, fingerprint=digest(body))
    except Exception as error:
        if dialect.is_lock_timeout(error):
            raise Conflict("The first request with this key is still being answered") from error
        raise
    return row


async def _earlier(
    _session: AsyncSession, *, user_id: UUID, key: str, fingerprint: str
) -> IdempotencyKey:
    row = await IdempotencyKey.get_or_none(user_id=user_id, key=key)
    if row is None:
        raise Conflict("The first request with this key has just failed; try again")
    if row.expires_at <= utc_now():
        row.fingerprint, row.expires_at, row.body = fingerprint, utc_now() + LIFETIME, ""
    if row.fingerprint != fingerprint:
        raise Invalid(
            "header.Idempotency-Key", "This key came with another body before", "key_reused"
        )
    return row
