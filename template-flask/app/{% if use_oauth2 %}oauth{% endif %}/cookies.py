"""The cookie of the logins that are under way, one for each provider: signed, for the callback."""

import hashlib
import time
from functools import partial
from typing import Any

from flask import Response, after_this_request, request
from itsdangerous import BadData, URLSafeSerializer

from app.settings import Settings

COOKIE = "oauth"
PATH = "/api/v1/auth/oauth"
LIFETIME_SECONDS = 600

Login = dict[str, Any]
"""The `state` that it was begun with, what else its callback needs, and when it ends."""


def keep_login(settings: Settings, provider: str, login: Login) -> None:
    """Have the browser keep it until the callback, and forget another one with this provider."""
    login["expires_at"] = int(time.time()) + LIFETIME_SECONDS
    _send_cookie(settings, {**_read_cookie(settings), provider: login})


def take_login(settings: Settings, provider: str, state: str | None) -> Login | None:
    """Return the login that this browser began with this state, and have it forgotten."""
    logins = _read_cookie(settings)
    login = logins.get(provider)
    if login is None or login["state"] != state:
        return None
    del logins[provider]
    _send_cookie(settings, logins)
    return login


def _read_cookie(settings: Settings) -> dict[str, Login]:
    try:
        logins: dict[str, Login] = _signer(settings).loads(request.cookies.get(COOKIE, ""))
    except BadData:
        return {}
    return {name: login for name, login in logins.items() if login["expires_at"] > time.time()}


def _send_cookie(settings: Settings, logins: dict[str, Login]) -> None:
    """Send it with whatever is answered, an error too."""
    after_this_request(partial(_set_cookie, settings, logins))


def _set_cookie(settings: Settings, logins: dict[str, Login], response: Response) -> Response:
    response.set_cookie(
        COOKIE,
        _signer(settings).dumps(logins),
        max_age=LIFETIME_SECONDS if logins else 0,
        path=PATH,
        secure=settings.is_production,
        httponly=True,
        samesite="Lax",
    )
    return response


def _signer(settings: Settings) -> URLSafeSerializer:
    return URLSafeSerializer(
        settings.secret_key, salt="oauth", signer_kwargs={"digest_method": hashlib.sha256}
    )
