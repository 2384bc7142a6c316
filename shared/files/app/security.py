"""Random tokens and signed cursors; `passwords.py` hashes passwords."""

import hashlib
import secrets

from itsdangerous import BadData, URLSafeSerializer

from app.settings import Settings

TOKEN_BYTES = 32


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """SHA-256 in hex: enough for a random token, which cannot be guessed from its digest."""
    return hashlib.sha256(token.encode()).hexdigest()


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
