"""Idempotency-Key: the first answer again, for 24 hours.

The key is inserted in the transaction that does the work. Whoever comes second waits on the
unique index until that transaction ends, at most for the database's lock timeout of 5 s.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, OperationalError, transaction
from django.utils import timezone

from apps.core.dialect import is_lock_timeout
from apps.core.errors import Conflict, FieldFailure, Invalid
from apps.todos.models import KEY_LENGTH, IdempotencyKey

LIFETIME = timedelta(hours=24)
LOCATION = "header.Idempotency-Key"


@dataclass(frozen=True)
class Answer:
    """What is answered to a creation: its headers `Location` and `ETag`, and its body."""

    location: str
    etag: str
    body: str


def check_key(key: str) -> None:
    """Check the length of a key.

    Raises:
        Invalid: it has none, or too many characters.
    """
    if not 1 <= len(key) <= KEY_LENGTH:
        message = f"A key has 1 to {KEY_LENGTH} characters"
        raise Invalid(FieldFailure(LOCATION, message, "length"))


def fingerprint(body: object) -> str:
    """Return a digest that two bodies share when they say the same."""
    return hashlib.sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()


def answer_once(*, user_id: UUID, key: str, body: object, make: Callable[[], Answer]) -> Answer:
    """Return what `make` makes, or what it made when the key came first.

    Raises:
        Invalid: the key came with another body before.
        Conflict: the request that came first is still not answered.
    """
    try:
        with transaction.atomic():
            claimed = _claim(user_id=user_id, key=key, digest=fingerprint(body))
            if not claimed.body:
                _keep(claimed, make())
    except OperationalError as error:
        if not is_lock_timeout(error):
            raise
        raise Conflict("An earlier request is still being answered; try again") from error
    return Answer(location=claimed.location, etag=claimed.etag, body=claimed.body)


def _claim(*, user_id: UUID, key: str, digest: str) -> IdempotencyKey:
    """Return the key's row: a new one without an answer, or the earlier one with it."""
    now = timezone.now()
    earlier = IdempotencyKey.objects.filter(user_id=user_id, key=key)
    try:
        with transaction.atomic():
            earlier.filter(expires_at__lte=now).delete()
            return IdempotencyKey.objects.create(
                user_id=user_id, key=key, fingerprint=digest, expires_at=now + LIFETIME
            )
    except IntegrityError:
        row = earlier.first()
    if row is None:
        raise Conflict("The first request with this key has just failed; try again")
    if row.fingerprint != digest:
        message = "This key came with another body before"
        raise Invalid(FieldFailure(LOCATION, message, "key_reused"))
    return row


def _keep(claimed: IdempotencyKey, answer: Answer) -> None:
    claimed.location, claimed.etag, claimed.body = answer.location, answer.etag, answer.body
    claimed.save(update_fields=["location", "etag", "body"])
