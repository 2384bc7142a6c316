"""What a client does first with a running backend, request by request."""

import time
from collections.abc import Callable
from typing import Any

import httpx2

from tests.verifier.project import StageError

PASSWORD = "a long enough password"  # noqa: S105
API = "/api/v1"

Observer = Callable[[httpx2.Response], None]


class Journey:
    """One user's way through the API, over HTTP."""

    def __init__(self, address: str, observe: Observer = lambda _: None) -> None:
        self.client = httpx2.Client(base_url=address, timeout=20)
        self.observe = observe

    def walk(self, *, metrics: bool) -> None:
        """Go the whole way.

        Raises:
            StageError: a step is answered otherwise than the contract says.
        """
        with self.client:
            self.register("first@example.com")
            pair = self.log_in("first@example.com")
            self.use(self.refresh(pair["refresh_token"]))
            self.call("GET", f"{API}/users/me", 200)
            todo = self.todos()
            self.export(todo["title"])
            self.call("DELETE", f"{API}/todos/{todo['id']}", 204)
            self.call("GET", f"{API}/todos/{todo['id']}", 404)
            self.system(metrics=metrics)

    def register(self, email: str) -> None:
        """Make an account."""
        self.call("POST", f"{API}/auth/register", 201, json={"email": email, "password": PASSWORD})

    def log_in(self, email: str) -> dict[str, Any]:
        """Return a pair of tokens for the account's password."""
        form = {"grant_type": "password", "username": email, "password": PASSWORD}
        return self.token(form)

    def refresh(self, refresh_token: str) -> dict[str, Any]:
        """Return a new pair of tokens for the old one's refresh token."""
        return self.token({"grant_type": "refresh_token", "refresh_token": refresh_token})

    def token(self, form: dict[str, str]) -> dict[str, Any]:
        """Return what the token endpoint answers to a form."""
        pair: dict[str, Any] = self.call("POST", f"{API}/auth/token", 200, data=form).json()
        return pair

    def use(self, pair: dict[str, Any]) -> None:
        """Send this pair's access token from now on."""
        self.client.headers["Authorization"] = f"Bearer {pair['access_token']}"

    def todos(self) -> dict[str, Any]:
        """Create, read, change and list a todo, and return it."""
        body = {"title": "Water the plants", "tags": ["home"], "priority": "high"}
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
        self.call("GET", f"{API}/tags", 200)
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
