"""What logging in with an account elsewhere takes: a provider, a person, and her browser."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http.cookies import Morsel, SimpleCookie
from typing import Any, Protocol
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from httpx2 import Client, Response

from tests.api import logins
from tests.api.support import API, Caller

OAUTH = f"{API}/auth/oauth"
COOKIE = "oauth"

Change = Callable[[Any], Any]


@dataclass(frozen=True)
class Person:
    """Somebody's account at a provider; the subject is what the provider knows her by."""

    subject: str
    email: str


@dataclass(frozen=True)
class Exchange:
    """A code that was traded: what the service sent to the token endpoint, and what it got."""

    form: Mapping[str, str]
    answer: Mapping[str, Any]


class Provider(Protocol):
    """A provider on the loopback interface."""

    name: str
    scopes: frozenset[str]
    address: str
    issuer: str
    environment: Mapping[str, str]
    """What the service is configured with to use it."""
    changes: dict[str, Change]
    """What a test makes of its JSON answers, by path."""
    failures: dict[str, int]
    """Paths that are answered by an error's status alone."""
    exchanges: list[Exchange]
    token_path: str

    def enrol(self, email: str, *, verified: bool = True, full_name: str | None = None) -> Person:
        """Open an account; the provider has verified its address, or not."""

    def change(self, person: Person, *, email: str, verified: bool = True) -> None:
        """Give an account another address."""

    def approve(self, page: str, person: Person) -> str:
        """Log in on the page that the service sent the browser to; return where it is sent next."""

    def deny(self, page: str) -> str:
        """Refuse on that page; return where the browser is sent next."""


@dataclass
class Browser:
    """Keeps the service's cookies, and goes where it is told to."""

    service: Client
    cookies: dict[str, Morsel[str]] = field(default_factory=dict)

    def get(self, address: str) -> Response:
        """Ask the service for what this address names, under whatever host it is known."""
        url = urlsplit(address)
        sent = "; ".join(f"{name}={morsel.value}" for name, morsel in self.cookies.items())
        answer = self.service.get(
            urlunsplit(("", "", url.path, url.query, "")),
            headers={"Cookie": sent} if sent else {},
            follow_redirects=False,
        )
        self.service.cookies.clear()
        for header in answer.headers.get_list("set-cookie"):
            self._keep(SimpleCookie(header))
        return answer

    def begin(self, provider: Provider) -> str:
        """Return the provider's page that the service sends the browser to."""
        answer = self.get(f"{OAUTH}/{provider.name}/authorize")
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]

    def log_in(self, provider: Provider, person: Person) -> Response:
        return self.get(provider.approve(self.begin(provider), person))

    def sign_in(self, provider: Provider, person: Person) -> Caller:
        answer = self.log_in(provider, person)
        assert answer.status_code == 200, answer.text
        login = logins.read_login(answer)
        user = self.service.get(f"{API}/users/me", headers=login.headers).json()
        return Caller(self.service, user["id"], user["email"], login)

    def _keep(self, sent: SimpleCookie) -> None:
        for name, morsel in sent.items():
            if morsel["max-age"] == "0" or "1970" in morsel["expires"]:
                self.cookies.pop(name, None)
            else:
                self.cookies[name] = morsel


def parameters(address: str) -> dict[str, str]:
    return dict(parse_qsl(urlsplit(address).query, keep_blank_values=True))


def with_parameters(address: str, **changes: str | None) -> str:
    """Return the address with other parameters; None takes one away."""
    changed = {**parameters(address), **changes}
    kept = {name: value for name, value in changed.items() if value is not None}
    return urlunsplit(urlsplit(address)._replace(query=urlencode(kept)))
