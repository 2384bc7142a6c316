"""Access tokens: signed, short-lived, and stored nowhere."""

from datetime import datetime, timedelta
from uuid import UUID, uuid4

import jwt

from app.models.base import utc_now
from app.settings import Settings

LIFETIME = timedelta(minutes=15)
ALGORITHM = "HS256"
AUDIENCE = "todo-api"
REQUIRED_CLAIMS = ["iss", "aud", "sub", "iat", "exp", "jti", "typ"]


def issue_access_token(settings: Settings, user_id: UUID) -> str:
    """Sign a JWT (RFC 7519) that names the user for `LIFETIME`."""
    now: datetime = utc_now()
    claims = {
        "iss": settings.public_url,
        "aud": AUDIENCE,
        "sub": str(user_id),
        "iat": now,
        "exp": now + LIFETIME,
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
