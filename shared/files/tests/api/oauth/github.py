"""GitHub as far as its accounts log in: its OAuth pages and two addresses of its API.

https://docs.github.com/en/apps/oauth-apps/building-oauth-apps/authorizing-oauth-apps
"""

import base64
import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2

from tests.api.oauth.browser import OAUTH, Change, Exchange, Person, parameters, with_parameters

CALLBACK = f"http://localhost:8000{OAUTH}/github/callback"
USER, EMAILS = "/api/v3/user", "/api/v3/user/emails"
PAGE = "/login/oauth/authorize"


@dataclass
class Account:
    id: int
    name: str | None
    emails: list[dict[str, Any]]


@dataclass(frozen=True)
class Grant:
    """What a code stands for; it is good once."""

    login: str
    asked: Mapping[str, str]


class GitHub:
    name = "github"
    scopes = frozenset(("read:user", "user:email"))
    token_path = "/login/oauth/access_token"

    def __init__(self, port: int, people: httpx2.Client) -> None:
        self._people = people
        self.address = f"http://127.0.0.1:{port}"
        self.issuer = f"{self.address}/login/oauth"
        self.changes: dict[str, Change] = {}
        self.failures: dict[str, int] = {}
        self.exchanges: list[Exchange] = []
        self.accounts: dict[str, Account] = {}
        self.environment: Mapping[str, str] = {
            "GITHUB_CLIENT_ID": "todo",
            "GITHUB_CLIENT_SECRET": secrets.token_urlsafe(),
            "GITHUB_URL": self.address,
            "GITHUB_API_URL": f"{self.address}/api/v3",
        }
        self._grants: dict[str, Grant] = {}
        self._tokens: dict[str, str] = {}

    def enrol(self, email: str, *, verified: bool = True, full_name: str | None = None) -> Person:
        person = Person(str(secrets.randbits(40)), email)
        self.accounts[person.subject] = Account(int(person.subject), full_name, [])
        self.change(person, email=email, verified=verified)
        return person

    def change(self, person: Person, *, email: str, verified: bool = True) -> None:
        primary = {"email": email, "primary": True, "verified": verified, "visibility": None}
        self.accounts[person.subject].emails = [
            {**primary, "email": f"other-{email}", "primary": False, "verified": True},
            primary,
        ]

    def approve(self, page: str, person: Person) -> str:
        return self._answer(with_parameters(page, login=person.subject))

    def deny(self, page: str) -> str:
        return self._answer(page)

    def answer(self, path: str, sent: Mapping[str, str], authorization: str) -> tuple[int, Any]:
        """Return a status with a JSON body, or where to go."""
        if path in self.failures:
            return self.failures[path], None
        if path == PAGE:
            return 302, self._page(sent)
        if path == self.token_path:
            body: Any = self._token(sent)
        else:
            scheme, _, token = authorization.partition(" ")
            account = self.accounts.get(self._tokens.get(token, ""))
            if scheme.lower() != "bearer" or account is None:
                return 401, {"message": "Bad credentials"}
            user = {"id": account.id, "name": account.name, "login": "octocat", "email": None}
            body = {USER: user, EMAILS: account.emails}[path]
        if path in self.changes:
            body = self.changes[path](body)
        if path == self.token_path:
            self.exchanges.append(Exchange(sent, body))
        return 200, body

    def _page(self, asked: Mapping[str, str]) -> str:
        assert asked["client_id"] == self.environment["GITHUB_CLIENT_ID"]
        assert asked["redirect_uri"] == CALLBACK
        back = with_parameters(CALLBACK, state=asked["state"])
        if "login" not in asked:
            return with_parameters(back, error="access_denied", error_description="Denied")
        code = secrets.token_hex(10)
        self._grants[code] = Grant(asked["login"], asked)
        return with_parameters(back, code=code)

    def _token(self, sent: Mapping[str, str]) -> dict[str, str]:
        """Trade a code; GitHub says what is wrong under status 200."""
        grant = self._grants.pop(sent.get("code", ""), None)
        if any(
            sent.get(name) != self.environment[f"GITHUB_{name.upper()}"]
            for name in ("client_id", "client_secret")
        ):
            return {"error": "incorrect_client_credentials"}
        if grant is None or not _is_proven(grant, sent.get("code_verifier", "")):
            return {"error": "bad_verification_code"}
        if sent.get("redirect_uri") != grant.asked["redirect_uri"]:
            return {"error": "redirect_uri_mismatch"}
        token = f"gho_{secrets.token_hex(18)}"
        self._tokens[token] = grant.login
        return {"access_token": token, "token_type": "bearer", "scope": grant.asked["scope"]}

    def _answer(self, page: str) -> str:
        answer = self._people.get(page)
        assert answer.status_code == 302, answer.text
        assert parameters(answer.headers["location"])["state"]
        return answer.headers["location"]


def _is_proven(grant: Grant, verifier: str) -> bool:
    """Check PKCE (RFC 7636, section 4.6)."""
    hashed = base64.urlsafe_b64encode(hashlib.sha256(verifier.encode()).digest())
    method, challenge = grant.asked["code_challenge_method"], grant.asked["code_challenge"]
    return method == "S256" and hashed.rstrip(b"=").decode() == challenge


class Handler(BaseHTTPRequestHandler):
    github: GitHub

    def do_GET(self) -> None:
        url = urlsplit(self.path)
        self._send(url.path, dict(parse_qsl(url.query)))

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self._send(self.path, dict(parse_qsl(body.decode())))

    def log_message(self, *_: object) -> None:
        """Print nothing."""

    def _send(self, path: str, sent: Mapping[str, str]) -> None:
        authorization = self.headers.get("Authorization", "")
        status, body = self.github.answer(path, sent, authorization)
        content = json.dumps(body).encode()
        self.send_response(status)
        if status == 302:
            self.send_header("Location", body)
        self.send_header("Content-Type", "application/json; charset=utf-8")
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


@contextmanager
def running_github() -> Iterator[GitHub]:
    with (
        ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server,
        httpx2.Client() as people,
    ):
        Handler.github = GitHub(server.server_port, people)
        thread = Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield Handler.github
        server.shutdown()
        thread.join()
