"""Password hashing, tokens and signed cursors."""

import hashlib
import os
import secrets
from datetime import datetime, timedelta
from uuid import UUID, uuid4

import anyio.to_thread
import jwt
from anyio import CapacityLimiter
from itsdangerous import BadData, URLSafeSerializer
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from app.models.base import utc_now
from app.settings import Settings

ACCESS_TOKEN_LIFETIME = timedelta(minutes=15)
ALGORITHM = "HS256"
AUDIENCE = "todo-api"
REQUIRED_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti", "typ"]
TOKEN_BYTES = 32

password_hasher = PasswordHash((Argon2Hasher(),))
_hashing_slots = CapacityLimiter(os.cpu_count() or 1)
_dummy_hashes: dict[PasswordHash, str] = {}


async def hash_password(password: str) -> str:
    """Hash with Argon2id in a thread, on at most as many threads as there are processors."""
    return await anyio.to_thread.run_sync(password_hasher.hash, password, limiter=_hashing_slots)


async def verify_password(password: str, password_hash: str | None) -> bool:
    """Tell whether the password is the hash's; takes as long when there is no account."""
    return await anyio.to_thread.run_sync(_verify, password, password_hash, limiter=_hashing_slots)


def _verify(password: str, password_hash: str | None) -> bool:
    known = password_hash is not None
    matches = password_hasher.verify(password, password_hash or _dummy_hash())
    return matches and known


def _dummy_hash() -> str:
    if password_hasher not in _dummy_hashes:
        _dummy_hashes[password_hasher] = password_hasher.hash(secrets.token_urlsafe())
    return _dummy_hashes[password_hasher]


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """SHA-256 in hex: enough for a random token, which cannot be guessed from its digest."""
    return hashlib.sha256(token.encode()).hexdigest()


def issue_access_token(settings: Settings, user_id: UUID) -> str:
    """Sign a JWT (RFC 7519) that names the user for `ACCESS_TOKEN_LIFETIME`."""
    now: datetime = utc_now()
    claims = {
        "iss": settings.public_url,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "iat": now,
        "exp": now + ACCESS_TOKEN_LIFETIME,
        "jti": uuid4().hex,
        "typ": "access",
    }
    return jwt.encode(claims, settings.secret_key, algorithm=ALGORITHM)


def read_access_token(settings: Settings, token: str) -> UUID | None:
    """Return the user that a good access token names, else None."""
    try:
        claims = jwt.decode(
            token,
            settings.secret_key,
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=settings.public_url,
            options={"require": REQUIRED_CLAIMS},
        )
        return UUID(claims["sub"]) if claims["typ"] == "access" else None
    except (jwt.InvalidTokenError, ValueError):
        return None


def sign_cursor(settings: Settings, scope: str, position: list[str | None]) -> str:
    """Sign a place in the list that `scope` describes."""
    return str(_cursor_signer(settings, scope).dumps(position))


def read_cursor(settings: Settings, scope: str, cursor: str) -> list[str | None] | None:
    """Return the place that a cursor of this very list holds, else None."""
    try:
        position: list[str | None] = _cursor_signer(settings, scope).loads(cursor)
    except BadData:
        return None
    return position


def _cursor_signer(settings: Settings, scope: str) -> URLSafeSerializer:
    return URLSafeSerializer(
        settings.secret_key,
        salt=f"cursor:{scope}",
        signer_kwargs={"digest_method": hashlib.sha256},
    )
