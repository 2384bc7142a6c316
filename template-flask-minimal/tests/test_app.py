"""What holds for every request: headers, errors, health, the document; and the settings."""

import json
from concurrent.futures import Future

import pytest
from flask import Flask
from flask.testing import FlaskClient
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from app import database, health, listing
from app.main import MAXIMUM_BYTES, create_app
from tests.conftest import make_settings

TODOS = "/api/v1/todos"
OPERATIONS = {
    *("live", "ready", "list_todos", "create_todo", "get_todo_stats"),
    *("get_todo", "update_todo", "delete_todo", "complete_todo", "reopen_todo"),
}
PROBLEM = "application/problem+json"
SECRET = "0123456789abcdef0123456789abcdef"


def test_request_id(client: FlaskClient) -> None:
    sent = {"X-Request-ID": "abc-1.2_3"}
    assert client.get("/health/live", headers=sent).headers["X-Request-ID"] == "abc-1.2_3"
    made = client.get("/health/live", headers={"X-Request-ID": "a b"}).headers["X-Request-ID"]
    assert len(made) == 32


def test_security_headers(client: FlaskClient) -> None:
    headers = client.get(TODOS).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")


def test_problem(client: FlaskClient) -> None:
    answer = client.get("/nowhere")
    assert answer.status_code == 404
    assert answer.content_type == PROBLEM
    assert answer.json
    assert answer.json["instance"] == "/nowhere"
    assert answer.json["request_id"] == answer.headers["X-Request-ID"]


def test_method_not_allowed(client: FlaskClient) -> None:
    answer = client.put(TODOS)
    assert (answer.status_code, answer.content_type) == (405, PROBLEM)
    assert {"GET", "POST"} <= set(answer.headers["Allow"].split(", "))


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        ("", "application/json", 400),
        ("{", "application/json", 400),
        ("[" * 100_000, "application/json", 400),
        ("{}", "text/plain", 415),
        ('"' + "x" * MAXIMUM_BYTES + '"', "application/json", 413),
    ],
)
def test_unreadable_body(client: FlaskClient, body: str, content_type: str, status: int) -> None:
    answer = client.post(TODOS, data=body, content_type=content_type)
    assert (answer.status_code, answer.content_type) == (status, PROBLEM)


@pytest.mark.parametrize(
    ("error", "status"),
    [(OperationalError("SELECT", {}, Exception("gone")), 503), (RuntimeError("internal"), 500)],
)
def test_failure(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, error: Exception, status: int
) -> None:
    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(listing, "_conditions", fail)
    answer = client.get(TODOS)
    assert (answer.status_code, answer.content_type) == (status, PROBLEM)
    assert "internal" not in answer.text
    assert ("Retry-After" in answer.headers) == (status == 503)


def test_health(client: FlaskClient) -> None:
    assert client.get("/health/live").json == {"status": "alive"}
    ready = {"status": "ready", "checks": {"database": "ok"}}
    assert client.get("/health/ready").json == ready


def test_not_ready_when_the_database_hangs(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    class HangingThreads:
        def submit(self, _: object) -> Future[None]:
            return Future()

    monkeypatch.setattr(health, "_threads", HangingThreads())
    monkeypatch.setattr(health, "READY_SECONDS", 0.01)
    answer = client.get("/health/ready")
    assert answer.status_code == 503
    assert answer.json == {"status": "unavailable", "checks": {"database": "failed"}}


def test_document_and_page(client: FlaskClient) -> None:
    document = client.get("/openapi.json").json
    assert document
    operations = [one for path in document["paths"].values() for one in path.values()]
    assert {operation["operationId"] for operation in operations} >= OPERATIONS
    page = client.get("/docs")
    assert page.status_code == 200
    assert "script-src 'self'" in page.headers["Content-Security-Policy"]
    for asset in ("/docs/start.js", "/docs/assets/swagger-ui.css"):
        with client.get(asset) as answer:
            assert answer.status_code == 200


def test_commands(app: Flask, client: FlaskClient) -> None:
    runner = app.test_cli_runner()
    for _ in range(2):
        assert runner.invoke(args=["seed"]).exit_code == 0
    page = client.get(TODOS).json
    assert page
    assert len(page["items"]) == 5
    printed = runner.invoke(args=["openapi"])
    assert json.loads(printed.output) == client.get("/openapi.json").json


def test_naive_moments_of_a_driver_are_utc() -> None:
    moment = database.utc_now()
    kept = database.UTCDateTime().process_result_value(moment.replace(tzinfo=None), None)  # type: ignore[arg-type]
    assert kept == moment


@pytest.mark.parametrize(
    ("values", "wanted"),
    [
        ({"database_url": "sqlite://"}, "SECRET_KEY"),
        ({"database_url": "sqlite://", "secret_key": "short"}, "SECRET_KEY"),
        ({"secret_key": SECRET}, "DATABASE_URL"),
    ],
)
def test_production_needs_its_secrets(
    monkeypatch: pytest.MonkeyPatch, values: dict[str, str], wanted: str
) -> None:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with pytest.raises(ValidationError, match=wanted):
        make_settings(environment="production", **values)


def test_production_starts_with_them() -> None:
    settings = make_settings(environment="production", secret_key=SECRET, database_url="sqlite://")
    assert create_app(settings).name == "app.main"
