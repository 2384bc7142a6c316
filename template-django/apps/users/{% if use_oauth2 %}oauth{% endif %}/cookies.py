"""The cookie of logins that are under way: signed, for the callback alone."""

import time

from django.conf import settings
from django.core import signing
from django.http.response import HttpResponseBase
from django.utils.crypto import constant_time_compare

from apps.core.errors import BadToken

COOKIE = "oauth"
PATH = "/api/v1/auth/oauth"
LIFETIME_SECONDS = 600

Login = dict[str, str]
"""What a callback needs of the request that began: `state`, `code_verifier`, perhaps `nonce`."""


class Logins:
    """The logins that a browser has under way, at most one with each provider."""

    def __init__(self, cookie: str) -> None:
        self.has_changed = False
        try:
            self._logins: dict[str, tuple[float, Login]] = signing.loads(cookie, salt=COOKIE)
        except signing.BadSignature:
            self._logins = {}

    def keep(self, provider: str, login: Login) -> None:
        """Remember a login for a while, in place of another one with the provider."""
        self._logins[provider] = (time.time() + LIFETIME_SECONDS, login)
        self.has_changed = True

    def spend(self, provider: str, state: str) -> Login:
        """Return the login that this state was made for, and forget it.

        Raises:
            BadToken: this browser began no such login, or too long ago.
        """
        ends_at, login = self._logins.get(provider, (0.0, {}))
        if not login or not constant_time_compare(login["state"], state):
            raise BadToken("This browser has begun no such login")
        del self._logins[provider]
        self.has_changed = True
        if ends_at < time.time():
            raise BadToken("This login was begun too long ago")
        return login

    def save(self, response: HttpResponseBase) -> None:
        if not self._logins:
            response.delete_cookie(COOKIE, path=PATH, samesite="Lax")
            return
        response.set_cookie(
            COOKIE,
            signing.dumps(self._logins, salt=COOKIE),
            max_age=LIFETIME_SECONDS,
            path=PATH,
            secure=settings.OAUTH_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
