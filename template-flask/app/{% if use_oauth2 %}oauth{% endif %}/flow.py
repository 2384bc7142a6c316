"""The authorization code's flow (RFC 6749, section 4.1), by Authlib, which is typed in part.

What it raises becomes one of the domain's errors, without what the provider or the browser sent.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import structlog
from authlib.integrations.flask_client import OAuthError
from flask import Response
from joserfc.errors import JoseError
from requests import RequestException

from app.errors import BadToken, Unavailable
from app.oauth.cookies import PATH, Login, keep_login, take_login
from app.oauth.identities import Identity
from app.schemas.oauth import Callback
from app.security import new_token
from app.settings import Settings

ANSWER_SECONDS = 5
SERVER_ERROR = 500
NONSENSE = (OAuthError, JoseError, ValueError, TypeError, KeyError)
"""What comes of answers that are refusals, forged or malformed."""

# At DEBUG it writes code verifiers.
logging.getLogger("authlib").setLevel(logging.INFO)
log = structlog.get_logger()


class Provider(ABC):
    """One provider and this service's client there."""

    def __init__(
        self, registry: Any, name: str, settings: Settings, *, issuer: str, **client: Any
    ) -> None:
        self.name = name
        self.settings = settings
        self.issuer = issuer
        self.redirect_uri = f"{settings.public_url}{PATH}/{name}/callback"
        options = {
            "code_challenge_method": "S256",
            "default_timeout": ANSWER_SECONDS,
            "max_redirects": 0,
        }
        client["client_kwargs"] = options | client["client_kwargs"]
        self.client: Any = registry.register(name, **client)

    @abstractmethod
    def identify(self, token: Any, login: Login) -> Identity:
        """Return whose token it is, which this login has led to."""

    @abstractmethod
    def discover(self) -> None:
        """Learn what the provider has to be asked before a login.

        Raises:
            Unavailable: it does not answer, or not as it should.
        """

    def names_itself(self) -> bool:
        """Whether answers to the browser name their issuer for sure (RFC 9207)."""
        return False

    def begin(self, **parameters: str) -> Response:
        """Send the browser to the provider, and keep in its cookie what the callback needs.

        Raises:
            Unavailable: the provider does not answer, or not as it should.
        """
        self.discover()
        login = self.client.create_authorization_url(
            self.redirect_uri, state=new_token(), **parameters
        )
        page = login.pop("url")
        keep_login(self.settings, self.name, login)
        return Response(status=302, headers={"Location": page})

    def finish(self, callback: Callback) -> Identity:
        """Return who logged in at the provider; the state is spent whatever comes of it.

        Raises:
            BadToken: this browser began no such login, or what came back is not good.
            Unavailable: the provider does not answer.
        """
        login = take_login(self.settings, self.name, callback.state)
        if login is None:
            raise BadToken("This browser has begun no such login")
        self.discover()
        if callback.error or not callback.code or not self._is_issuer(callback.iss):
            raise BadToken("The provider has not logged anybody in")
        with self._failures():
            token = self.client.fetch_access_token(
                self.redirect_uri, code=callback.code, code_verifier=login["code_verifier"]
            )
            return self.identify(token, login)

    def _is_issuer(self, named: str | None) -> bool:
        return not self.names_itself() if named is None else named == self.issuer

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except NONSENSE as error:
            log.warning("provider_refused", provider=self.name, error=type(error).__name__)
            raise BadToken("What the provider says is not good") from None
        except RequestException as error:
            log.warning("provider_failed", provider=self.name, error=type(error).__name__)
            if error.response is not None and error.response.status_code < SERVER_ERROR:
                raise BadToken("The provider has refused this login") from None
            raise Unavailable("The provider does not answer at the moment") from None
