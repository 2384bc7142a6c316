"""What the API tests share: callers, todos, problems, time and simultaneous requests."""

import re
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from ipaddress import IPv6Address
from secrets import randbits
from threading import Barrier
from typing import Any, Protocol
from uuid import uuid4

import time_machine
from httpx2 import Client, Response

from tests.api import logins

API = "/api/v1"
PHRASE = "correct horse battery"
OTHER_PHRASE = "staple battery horse"
UNKNOWN_ID = "0190163d-8694-739b-aea5-966c26f8ad91"
MALFORMED_IDS = ("1", "not-a-uuid", UNKNOWN_ID[:-1], f"{UNKNOWN_ID}0", "%00")
TIMESTAMP = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z")
UUID7 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
PROBLEM_MEMBERS = {"type", "title", "status", "detail", "instance", "request_id"}


class Mail(Protocol):
    to: str
    subject: str
    body: str


class Counter(Protocol):
    count: int


class MakeClient(Protocol):
    def __call__(self, **environment: str) -> AbstractContextManager[Client]: ...


MakeSuperuser = Callable[[str, str], None]
FromAddress = Callable[[Client, str], AbstractContextManager[Client]]
CountQueries = Callable[[], AbstractContextManager[Counter]]


@dataclass(frozen=True)
class Caller:
    """A signed-in user; paths are relative to the API's base path."""

    client: Client
    id: str
    email: str
    login: logins.Login

    def is_logged_in(self) -> bool:
        return logins.goes_on(self.client, self.login)

    def request(
        self, method: str, path: str, headers: dict[str, str] | None = None, **arguments: Any
    ) -> Response:
        sent = self.login.headers | (headers or {})
        return self.client.request(method, f"{API}{path}", headers=sent, **arguments)

    def get(self, path: str, **arguments: Any) -> Response:
        return self.request("GET", path, **arguments)

    def post(self, path: str, **arguments: Any) -> Response:
        return self.request("POST", path, **arguments)

    def put(self, path: str, **arguments: Any) -> Response:
        return self.request("PUT", path, **arguments)

    def patch(self, path: str, **arguments: Any) -> Response:
        return self.request("PATCH", path, **arguments)

    def delete(self, path: str, **arguments: Any) -> Response:
        return self.request("DELETE", path, **arguments)


def new_email() -> str:
    return f"{uuid4().hex}@example.com"


def new_address() -> str:
    """An address for documentation (RFC 3849), which no other test has."""
    return str(IPv6Address("2001:db8::") + randbits(64))


def register(client: Client, email: str, password: str = PHRASE, **more: Any) -> Response:
    body = {"email": email, "password": password, **more}
    return client.post(f"{API}/auth/register", json=body)


def log_in(client: Client, email: str, password: str = PHRASE) -> Response:
    return logins.log_in(client, email, password)


def sign_in(client: Client, email: str, password: str = PHRASE) -> Caller:
    answer = log_in(client, email, password)
    assert answer.status_code == 200, answer.text
    login = logins.read_login(answer)
    user = client.get(f"{API}/users/me", headers=login.headers).json()
    return Caller(client, user["id"], email, login)


def sign_up(client: Client, email: str | None = None, password: str = PHRASE) -> Caller:
    email = email or new_email()
    answer = register(client, email, password)
    assert answer.status_code == 201, answer.text
    return sign_in(client, email, password)


def sign_in_superuser(client: Client, make_superuser: MakeSuperuser) -> Caller:
    email = new_email()
    make_superuser(email, PHRASE)
    return sign_in(client, email)


def mailed_token(outbox: Sequence[Mail], email: str) -> str:
    """Return the token of the newest mail to this address."""
    body = next(mail.body for mail in reversed(outbox) if mail.to == email)
    found = re.search(r"token=([A-Za-z0-9._~-]+)", body)
    assert found is not None, body
    return found[1]


def create_todo(caller: Caller, title: str = "Water the plants", **members: Any) -> Any:
    answer = caller.post("/todos", json={"title": title, **members})
    assert answer.status_code == 201, answer.text
    return answer.json()


def titles(answer: Response) -> list[str]:
    assert answer.status_code == 200, answer.text
    return [item["title"] for item in answer.json()["items"]]


def pages(caller: Caller, path: str, **params: Any) -> Iterator[list[Any]]:
    """Yield the items of one page after the other."""
    while True:
        answer = caller.get(path, params=params)
        assert answer.status_code == 200, answer.text
        yield answer.json()["items"]
        if answer.json()["next_cursor"] is None:
            return
        params["cursor"] = answer.json()["next_cursor"]


def is_problem(answer: Response, status: int) -> bool:
    """Check the shape that RFC 9457 and the conventions give an error."""
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/problem+json"
    problem = answer.json()
    assert set(problem) == PROBLEM_MEMBERS | ({"errors"} if status == 422 else set())
    assert problem["status"] == status
    assert problem["instance"] == answer.request.url.path
    assert problem["request_id"] == answer.headers["x-request-id"]
    return True


def is_limited(answer: Response) -> bool:
    assert is_problem(answer, 429)
    assert 1 <= int(answer.headers["retry-after"]) <= 60
    assert answer.headers["cache-control"] == "no-store"
    return True


def locations(answer: Response) -> set[str]:
    """Return the places that a 422 complains about."""
    assert is_problem(answer, 422)
    errors = answer.json()["errors"]
    assert all(set(error) == {"location", "message", "code"} for error in errors)
    return {error["location"] for error in errors}


def later(**duration: float) -> time_machine.travel:
    """Move the service's clock forward; time goes on from there."""
    return time_machine.travel(datetime.now(UTC) + timedelta(**duration), tick=True)


def at_once(calls: Sequence[Callable[[], Response]]) -> list[Response]:
    """Send all requests at the same moment; the answers come in the order of the calls."""
    barrier = Barrier(len(calls))

    def send(call: Callable[[], Response]) -> Response:
        barrier.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(send, calls))
