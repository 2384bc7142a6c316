"""The cookie of a login that is under way: signed, for the callback alone."""

import hashlib
import hmac

from fastapi import FastAPI
from starlette.middleware.sessions import SessionMiddleware

from app.settings import Settings

LIFETIME_SECONDS = 600


def add_login_cookie(app: FastAPI, settings: Settings) -> None:
    """Let routes keep, as the request's session, what goes into the cookie."""
    key = hmac.new(settings.secret_key.encode(), b"oauth", hashlib.sha256).hexdigest()
    app.add_middleware(
        SessionMiddleware,
        secret_key=key,
        session_cookie="oauth",
        max_age=LIFETIME_SECONDS,
        path="/api/v1/auth/oauth",
        same_site="lax",
        https_only=settings.is_production,
    )
