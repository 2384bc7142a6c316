"""The authorization code's flow (RFC 6749, section 4.1), by Authlib, which is typed in part.

What it raises becomes one of the domain's errors, without what the provider or the browser sent.
"""

import logging
import ssl
from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import httpx2
import structlog
from authlib.integrations.starlette_client import OAuth, OAuthError
from fastapi import Request, Response
from joserfc.errors import JoseError

from app.errors import BadToken, Unavailable
from app.oauth.identities import Identity
from app.schemas.oauth import Callback
from app.security import new_token
from app.settings import Settings

ANSWER_SECONDS = 5.0
SERVER_ERROR = 500
NONSENSE = (OAuthError, JoseError, ValueError, TypeError, KeyError, httpx2.InvalidURL)
"""What comes of answers that are refusals, forged or malformed."""

# At DEBUG it writes code verifiers.
logging.getLogger("authlib").setLevel(logging.INFO)
log = structlog.get_logger()


@cache
def tls() -> ssl.SSLContext:
    """Return the process's own: making one for each request would hold up the event loop."""
    return httpx2.create_ssl_context()


class Provider(ABC):
    """One provider and this service's client there."""

    def __init__(self, name: str, settings: Settings, *, issuer: str, **client: Any) -> None:
        self.name = name
        self.issuer = issuer
        self.redirect_uri = f"{settings.public_url}/api/v1/auth/oauth/{name}/callback"
        client["client_kwargs"] |= {
            "code_challenge_method": "S256",
            "timeout": ANSWER_SECONDS,
            "verify": tls(),
        }
        self.client: Any = OAuth().register(name, **client)

    @abstractmethod
    async def identify(self, token: Any) -> Identity:
        """Return whose token it is."""

    @abstractmethod
    async def exchange(self, request: Request) -> Any:
        """Trade the code of the callback for tokens; its state is spent."""

    async def names_itself(self) -> bool:
        """Whether answers to the browser name their issuer for sure (RFC 9207)."""
        return False

    async def begin(self, request: Request, **parameters: str) -> Response:
        """Send the browser to the provider, and keep in its cookie what the callback needs.

        Raises:
            Unavailable: the provider does not answer, or not as it should.
        """
        with self._failures():
            answer: Response = await self.client.authorize_redirect(
                request, self.redirect_uri, state=new_token(), **parameters
            )
        return answer

    async def finish(self, request: Request, callback: Callback) -> Identity:
        """Return who logged in at the provider; the state is spent whatever comes of it.

        Raises:
            BadToken: this browser began no such login, or what came back is not good.
            Unavailable: the provider does not answer.
        """
        state = callback.state or ""
        if await self.client.framework.get_state_data(request.session, state) is None:
            raise BadToken("This browser has begun no such login")
        with self._failures():
            if callback.error or not callback.code or not await self._is_issuer(callback.iss):
                await self.client.framework.clear_state_data(request.session, state)
                raise BadToken("The provider has not logged anybody in")
            return await self.identify(await self.exchange(request))

    async def _is_issuer(self, named: str | None) -> bool:
        return not await self.names_itself() if named is None else named == self.issuer

    @contextmanager
    def _failures(self) -> Iterator[None]:
        try:
            yield
        except httpx2.HTTPError as error:
            log.warning("provider_failed", provider=self.name, error=type(error).__name__)
            if isinstance(error, httpx2.HTTPStatusError) and _is_refusal(error):
                raise BadToken("The provider has refused this login") from None
            raise Unavailable("The provider does not answer at the moment") from None
        except NONSENSE as error:
            log.warning("provider_refused", provider=self.name, error=type(error).__name__)
            raise BadToken("What the provider says is not good") from None


def _is_refusal(error: httpx2.HTTPStatusError) -> bool:
    return error.response.status_code < SERVER_ERROR
