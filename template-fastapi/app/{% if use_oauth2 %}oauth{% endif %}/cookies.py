"""The cookie of the logins that are under way, one for each provider: signed, for the callback."""

import hashlib
import hmac
import time
from typing import Any

from fastapi import FastAPI, Request
from starlette.middleware.sessions import SessionMiddleware

from app.settings import Settings

LIFETIME_SECONDS = 600

Login = dict[str, Any]
"""The `state` that it was begun with, what else its callback needs, and when it ends."""


def add_login_cookie(app: FastAPI, settings: Settings) -> None:
    """Let requests bring, as their session, the logins that the cookie holds."""
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


def keep_login(request: Request, provider: str, login: Login) -> None:
    """Have the browser keep it until the callback, and forget another one with this provider."""
    expires_at = int(time.time()) + LIFETIME_SECONDS
    request.session[provider] = {**login, "expires_at": expires_at}


def take_login(request: Request, provider: str, state: str | None) -> Login | None:
    """Return the login that this browser began with this state, and have it forgotten."""
    login: Login | None = request.session.get(provider)
    if login is None or login["state"] != state:
        return None
    del request.session[provider]
    return login if login["expires_at"] > time.time() else None
