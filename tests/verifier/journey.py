"""What a client does first with a running backend, request by request."""

import time
from collections.abc import Callable
from typing import Any

import httpx2

from tests.verifier.logins import API, LOGINS, Headers, Login
from tests.verifier.project import StageError

PASSWORD = "a long enough password"  # noqa: S105

Observer = Callable[[httpx2.Response], None]


class Journey:
    """One user's way through the API, over HTTP."""

    def __init__(self, address: str, auth: str = "jwt", observe: Observer = lambda _: None) -> None:
        self.client = httpx2.Client(base_url=address, timeout=20)
        self.login = LOGINS[auth](self.call) if auth in LOGINS else None
        self.observe = observe

    def walk(self, *, metrics: bool = False) -> None:
        """Go the whole way, or where there are no users what is left of it.

        Raises:
            StageError: a step is answered otherwise than the contract says.
        """
        with self.client:
            if self.login:
                self.account(self.login)
            todo = self.todos({"tags": ["home"]} if self.login else {})
            if self.login:
                self.call("GET", f"{API}/tags", 200)
                self.export(todo["title"])
            self.call("DELETE", f"{API}/todos/{todo['id']}", 204)
            self.call("GET", f"{API}/todos/{todo['id']}", 404)
            self.system(metrics=metrics)
            if self.login:
                self.login.end()

    def account(self, login: Login) -> None:
        """Make an account and act as its user from now on."""
        self.register("first@example.com")
        self.log_in("first@example.com")
        self.client.headers.update(login.renew())
        self.call("GET", f"{API}/users/me", 200)

    def register(self, email: str) -> None:
        """Make an account."""
        self.call("POST", f"{API}/auth/register", 201, json={"email": email, "password": PASSWORD})

    def log_in(self, email: str, password: str = PASSWORD) -> Headers:
        """Act as this account's user, and return the headers that say so."""
        headers = self.login.begin(email, password) if self.login else {}
        self.client.headers.update(headers)
        return headers

    def todos(self, more: dict[str, Any]) -> dict[str, Any]:
        """Create, read, change and list a todo that has some more members, and return it."""
        body = {"title": "Water the plants", "priority": "high", **more}
        created = self.call("POST", f"{API}/todos", 201, json=body)
        address = created.headers["Location"]
        etag = created.headers["ETag"]
        self.call("GET", address, 304, headers={"If-None-Match": etag})
        self.call("PATCH", address, 200, json={"status": "done"}, headers={"If-Match": etag})
        self.call("PATCH", address, 412, json={"status": "open"}, headers={"If-Match": etag})
        page = self.call("GET", f"{API}/todos?status=done&limit=1", 200).json()
        if [item["id"] for item in page["items"]] != [created.json()["id"]]:
            raise StageError("GET /api/v1/todos does not list the todo that was made")
        self.call("GET", f"{API}/todos/stats", 200)
        todo: dict[str, Any] = created.json()
        return todo

    def export(self, title: str) -> None:
        """Have an export made, and read the todo's title in it."""
        address = self.call("POST", f"{API}/todos/exports", 202).headers["Location"]
        deadline = time.monotonic() + 15
        while self.call("GET", address, 200).json()["status"] != "done":
            if time.monotonic() > deadline:
                raise StageError("the export is not done after 15 s")
            time.sleep(0.1)
        if title not in self.call("GET", f"{address}/download", 200).text:
            raise StageError("the export lacks the todo")

    def system(self, *, metrics: bool) -> None:
        """Read the endpoints outside the API."""
        for path in ("/health/live", "/health/ready", "/openapi.json", "/docs"):
            self.call("GET", path, 200)
        answer = self.call("GET", "/metrics", 200 if metrics else 404)
        if metrics and "# TYPE" not in answer.text:
            raise StageError("GET /metrics is no Prometheus text")

    def call(self, method: str, path: str, status: int, **request: Any) -> httpx2.Response:
        """Send a request and hold its answer's status against the expected one."""
        answer = self.client.request(method, path, **request)
        self.observe(answer)
        if answer.status_code != status:
            raise StageError(
                f"{method} {path}: {answer.status_code} instead of {status}: {answer.text[:200]}"
            )
        return answer
