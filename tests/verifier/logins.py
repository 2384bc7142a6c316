"""How a client logs in, by the choice of `auth`, and what goes along with its requests then."""

from collections.abc import Callable
from typing import Any, Protocol

import httpx2

API = "/api/v1"

Headers = dict[str, str]


class Call(Protocol):
    """Sends a request and holds its answer's status against the expected one."""

    def __call__(self, method: str, path: str, status: int, **request: Any) -> httpx2.Response: ...


class Login(Protocol):
    """One login of one account, from its beginning to its end."""

    def begin(self, email: str, password: str) -> Headers:
        """Log in, and return what goes along with each request from now on."""

    def renew(self) -> Headers:
        """Go on with the login as a client does after a while."""

    def end(self) -> None:
        """Log out, and see that it is so."""


class SignedTokens:
    """JWTs for access, and refresh tokens that rotate."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.refresh_token = ""

    def begin(self, email: str, password: str) -> Headers:
        return self.grant(grant_type="password", username=email, password=password)

    def renew(self) -> Headers:
        return self.grant(grant_type="refresh_token", refresh_token=self.refresh_token)

    def grant(self, **form: str) -> Headers:
        pair = self.call("POST", f"{API}/auth/token", 200, data=form).json()
        self.refresh_token = pair["refresh_token"]
        return {"Authorization": f"Bearer {pair['access_token']}"}

    def end(self) -> None:
        self.call("POST", f"{API}/auth/revoke", 200, data={"token": self.refresh_token})
        spent = {"grant_type": "refresh_token", "refresh_token": self.refresh_token}
        self.call("POST", f"{API}/auth/token", 400, data=spent)


class OpaqueTokens(SignedTokens):
    """Random tokens for access too, which end at once."""

    def end(self) -> None:
        super().end()
        self.call("GET", f"{API}/users/me", 401)


class Sessions:
    """A browser's session, and the proof that each change carries."""

    def __init__(self, call: Call) -> None:
        self.call = call
        self.headers: Headers = {}

    def begin(self, email: str, password: str) -> Headers:
        body = {"email": email, "password": password}
        answer = self.call("POST", f"{API}/auth/login", 200, json=body)
        cookie = answer.headers["Set-Cookie"].partition(";")[0]
        self.headers = {"Cookie": cookie, "X-CSRF-Token": answer.json()["csrf_token"]}
        return self.headers

    def renew(self) -> Headers:
        session = self.call("GET", f"{API}/auth/session", 200, headers=self.headers).json()
        self.headers["X-CSRF-Token"] = session["csrf_token"]
        return self.headers

    def end(self) -> None:
        cookie = {"Cookie": self.headers["Cookie"]}
        self.call("POST", f"{API}/auth/logout", 403, headers=cookie | {"X-CSRF-Token": ""})
        self.call("POST", f"{API}/auth/logout", 204, headers=self.headers)
        self.call("GET", f"{API}/users/me", 401, headers=self.headers)


LOGINS: dict[str, Callable[[Call], Login]] = {
    "jwt": SignedTokens,
    "oauth2": SignedTokens,
    "token": OpaqueTokens,
    "session": Sessions,
}
