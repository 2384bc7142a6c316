"""Random tokens, of which digests are kept."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    return secrets.token_urlsafe(TOKEN_BYTES)


def digest(token: str) -> str:
    """SHA-256 in hex: enough for a random token, which cannot be guessed from its digest."""
    return hashlib.sha256(token.encode()).hexdigest()
