"""Google, as an OpenID provider on the loopback interface whose answers a test can change."""

import json
import logging
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from typing import Any
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import httpx2
import oidc_provider_mock  # type: ignore[import-untyped]
from werkzeug.wrappers import Request, Response

from tests.api.oauth.browser import OAUTH, Change, Exchange, Person

CALLBACK = f"http://localhost:8000{OAUTH}/google/callback"
METADATA = "/.well-known/openid-configuration"
KEYS = "/jwks"


class Google:
    name = "google"
    scopes = frozenset(("openid", "email", "profile"))
    token_path = "/oauth2/token"

    def __init__(self, server: Any, people: httpx2.Client) -> None:
        self._people = people
        self.address = self.issuer = f"http://localhost:{server.port}"
        self.changes: dict[str, Change] = {}
        self.failures: dict[str, int] = {}
        self.exchanges: list[Exchange] = []
        self._app: WSGIApplication = server.app
        server.app = self
        registered = people.post(
            f"{self.address}/oauth2/clients", json={"redirect_uris": [CALLBACK]}
        ).json()
        self.environment: Mapping[str, str] = {
            "GOOGLE_CLIENT_ID": str(registered["client_id"]),
            "GOOGLE_CLIENT_SECRET": str(registered["client_secret"]),
            "GOOGLE_ISSUER": self.issuer,
        }

    def enrol(self, email: str, *, verified: bool = True, full_name: str | None = None) -> Person:
        person = Person(uuid4().hex, email)
        self.claim(person, email=email, email_verified=verified, name=full_name)
        return person

    def change(self, person: Person, *, email: str, verified: bool = True) -> None:
        self.claim(person, email=email, email_verified=verified)

    def claim(self, person: Person, **claims: object) -> None:
        """Have ID tokens say this of the person."""
        said = {name: claim for name, claim in claims.items() if claim is not None}
        self._people.put(f"{self.address}/users/{person.subject}", json=said).raise_for_status()

    def approve(self, page: str, person: Person) -> str:
        return self._answer(page, sub=person.subject)

    def deny(self, page: str) -> str:
        return self._answer(page, action="deny")

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Any:
        """Answer as the provider does, but for what a test has changed."""
        path = environ["PATH_INFO"]
        if path in self.failures:
            return Response(status=self.failures[path])(environ, start_response)
        sent = Request(environ).get_data(parse_form_data=False)
        environ["wsgi.input"] = BytesIO(sent)
        answer = Response.from_app(self._app, environ, buffered=True)
        if path in self.changes:
            answer.set_data(json.dumps(self.changes[path](json.loads(answer.get_data()))))
        if path == self.token_path:
            environ["wsgi.input"] = BytesIO(sent)
            form = Request(environ).form.to_dict()
            self.exchanges.append(Exchange(form, json.loads(answer.get_data())))
        return answer(environ, start_response)

    def _answer(self, page: str, **form: str) -> str:
        answer = self._people.post(page, data=form)
        assert answer.status_code == 302, answer.text
        return answer.headers["location"]


@contextmanager
def running_google() -> Iterator[Google]:
    logging.getLogger("werkzeug").setLevel(logging.ERROR)
    with (
        oidc_provider_mock.run_server_in_thread(require_client_registration=True) as server,
        httpx2.Client() as people,
    ):
        yield Google(server, people)
