"""The authorization code's flow (RFC 6749, section 4.1), by Authlib, which is typed in part.

What it raises becomes one of the domain's errors, without what the provider or the browser sent.
"""

import logging
from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http import HTTPStatus
from typing import Any

import requests
import structlog
from authlib.integrations.django_client import OAuth, OAuthError
from django.conf import settings
from joserfc.errors import JoseError

from apps.core.errors import BadToken, Unavailable
from apps.users.oauth.cookies import PATH, Login
from apps.users.oauth.identities import Identity
from apps.users.tokens import new_token

ANSWER_SECONDS = 5
NONSENSE = (OAuthError, JoseError, ValueError, TypeError, KeyError)
"""What comes of answers that are refusals, forged or malformed."""

# At DEBUG it writes code verifiers.
logging.getLogger("authlib").setLevel(logging.INFO)
log = structlog.get_logger()


class Provider(ABC):
    """One provider and this service's client there."""

    def __init__(
        self, name: str, *, issuer: str, client_kwargs: Mapping[str, Any], **client: Any
    ) -> None:
        self.name = name
        self.issuer = issuer
        self.names_itself = False
        """Whether answers to the browser name their issuer for sure (RFC 9207)."""
        self.redirect_uri = f"{settings.PUBLIC_URL}{PATH}/{name}/callback"
        options = {
            "code_challenge_method": "S256",
            "default_timeout": ANSWER_SECONDS,
            "max_redirects": 0,
            **client_kwargs,
        }
        self.client: Any = OAuth().register(name, client_kwargs=options, **client)

    @abstractmethod
    def identify(self, token: Any, login: Login) -> Identity:
        """Return whose token it is that this login got."""

    def begin(self, **parameters: str) -> tuple[str, Login]:
        """Return the page to send the browser to, and what the callback needs.

        Raises:
            Unavailable: the provider does not answer, or not as it should.
        """
        begun = self.client.create_authorization_url(
            self.redirect_uri, state=new_token(), **parameters
        )
        return begun.pop("url"), begun

    def finish(self, login: Login, sent: Mapping[str, str]) -> Identity:
        """Return who logged in at the provider, by the parameters that the callback was sent.

        Raises:
            BadToken: what came back is not good.
            Unavailable: the provider does not answer.
        """
        if sent.get("error") or not sent.get("code") or not self._is_issuer(sent.get("iss")):
            raise BadToken("The provider has not logged anybody in")
        with self._failures():
            token = self.client.fetch_access_token(
                self.redirect_uri, code=sent["code"], code_verifier=login["code_verifier"]
            )
            return self.identify(token, login)

    def _is_issuer(self, named: str | None) -> bool:
        return not self.names_itself if named is None else named == self.issuer

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except NONSENSE as error:
            log.warning("provider_refused", provider=self.name, error=type(error).__name__)
            raise BadToken("What the provider says is not good") from None
        except requests.RequestException as error:
            log.warning("provider_failed", provider=self.name, error=type(error).__name__)
            if _is_refusal(error):
                raise BadToken("The provider has refused this login") from None
            raise Unavailable("The provider does not answer at the moment") from None


def _is_refusal(error: requests.RequestException) -> bool:
    answer = error.response
    return answer is not None and answer.status_code < HTTPStatus.INTERNAL_SERVER_ERROR
