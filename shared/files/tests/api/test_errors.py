"""Errors: RFC 9457 everywhere, and nothing that a caller sends is a 500."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from httpx2 import Client

from tests.api import logins
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    UNKNOWN_ID,
    Caller,
    create_todo,
    is_problem,
    locations,
    sign_up,
)

JSON = {"Content-Type": "application/json"}
MERGE_PATCH = {"Content-Type": "application/merge-patch+json"}
MAXIMUM_BYTES = 1 << 20
METHODS = {"GET", "POST", "PUT", "PATCH", "DELETE"}
ALLOWED = [
    ("/health/live", {"GET"}),
    ("/health/ready", {"GET"}),
    ("/openapi.json", {"GET"}),
    ("/docs", {"GET"}),
    (f"{API}/auth/register", {"POST"}),
    (logins.LOGIN, {"POST"}),
    (logins.LOGOUT, {"POST"}),
    (f"{API}/auth/verify-email", {"POST"}),
    (f"{API}/auth/password-reset", {"POST"}),
    (f"{API}/auth/password-reset/confirm", {"POST"}),
    (f"{API}/users", {"GET"}),
    (f"{API}/users/me", {"GET", "PATCH", "DELETE"}),
    (f"{API}/users/me/password", {"PUT"}),
    (f"{API}/users/{UNKNOWN_ID}", {"PATCH"}),
    (f"{API}/todos", {"GET", "POST"}),
    (f"{API}/todos/stats", {"GET"}),
    (f"{API}/todos/{UNKNOWN_ID}", {"GET", "PATCH", "DELETE"}),
    (f"{API}/todos/{UNKNOWN_ID}/complete", {"POST"}),
    (f"{API}/todos/{UNKNOWN_ID}/reopen", {"POST"}),
    (f"{API}/todos/exports", {"POST"}),
    (f"{API}/todos/exports/{UNKNOWN_ID}", {"GET"}),
    (f"{API}/todos/exports/{UNKNOWN_ID}/download", {"GET"}),
    (f"{API}/tags", {"GET"}),
    (f"{API}/tags/home", {"PATCH", "DELETE"}),
]
JSON_BODIES = [
    ("POST", "/auth/register"),
    ("POST", "/auth/verify-email"),
    ("POST", "/auth/password-reset"),
    ("POST", "/auth/password-reset/confirm"),
    ("PATCH", "/users/me"),
    ("PUT", "/users/me/password"),
    ("POST", "/todos"),
    ("PATCH", "/todos/{id}"),
    ("PATCH", "/tags/home"),
]
NOT_JSON = [
    b"{",
    b'{"title": }',
    b"{'title': 1}",
    b'{"title": "a"} more',
    b'{"title": "\xff"}',
    b"\xff\xfe",
    b"title=a",
    b"   ",
]
HOSTILE = [
    b'{"title": NaN}',
    b'{"title": Infinity}',
    b'{"title": ' + b"9" * 5000 + b"}",
    b'{"title": 1e999}',
    b"[" * 100_000,
    b'{"a":' * 50_000 + b"1" + b"}" * 50_000,
    b'{"title": "a", "title": {}}',
    b'{"": 1}',
    b'{"title": "a", "a.b": 1}',
    b'{"title": "a", "\\u0000": 1}',
    b'{"__proto__": {}, "__class__": 1}',
    b'{"title": "a", "due_at": "9999-12-31T23:59:59-23:59"}',
    b'{"title": "a", "due_at": "+275760-09-13T00:00:00Z"}',
    b'{"title": "a", "tags": [[]]}',
]
SURROGATES = [
    (b'{"title": "\\ud800"}', "body.title"),
    (b'{"title": "a\\udfffb"}', "body.title"),
    (b'{"title": "a", "description": "\\ud800"}', "body.description"),
    (b'{"title": "a", "priority": "\\ud800"}', "body.priority"),
    (b'{"title": "a", "tags": ["\\ud800"]}', "body.tags.0"),
]

REGISTRATION = {"email": "surrogate@example.com", "password": OTHER_PHRASE}
CHANGE = {"current_password": PHRASE, "new_password": OTHER_PHRASE}
RESET = {"token": "unknown", "new_password": OTHER_PHRASE}
SURROGATE_SECRETS = [
    ("POST", "/auth/register", REGISTRATION, "email"),
    ("POST", "/auth/register", REGISTRATION, "password"),
    ("POST", "/auth/register", REGISTRATION, "full_name"),
    ("POST", "/auth/verify-email", {}, "token"),
    ("POST", "/auth/password-reset", {}, "email"),
    ("POST", "/auth/password-reset/confirm", RESET, "token"),
    ("POST", "/auth/password-reset/confirm", RESET, "new_password"),
    ("PUT", "/users/me/password", CHANGE, "current_password"),
    ("PUT", "/users/me/password", CHANGE, "new_password"),
    ("PATCH", "/users/me", {}, "email"),
    ("PATCH", "/users/me", {}, "full_name"),
    ("PATCH", "/tags/home", {}, "name"),
]


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def place(caller: Caller, path: str) -> str:
    """Fill in the id of a todo that there is, tagged `home`."""
    return path.replace("{id}", create_todo(caller, tags=["home"])["id"])


def in_pieces(body: bytes) -> Iterator[bytes]:
    """Stream a body, so that it is sent without a Content-Length."""
    for start in range(0, len(body), 1 << 16):
        yield body[start : start + (1 << 16)]


@pytest.mark.parametrize(
    "path", ["/nope", "/", API, f"{API}/", f"{API}/nope", "/API/v1/todos", "//", "/docs/nope"]
)
def test_unknown_path_is_a_404_problem(client: Client, path: str) -> None:
    answer = client.get(f"http://testserver{path}")

    assert is_problem(answer, 404)
    assert answer.json()["title"] == "Not Found"


@pytest.mark.parametrize("path", [path for path, _ in ALLOWED])
def test_trailing_slash_is_404_and_never_a_redirect(caller: Caller, path: str) -> None:
    for method in sorted(METHODS):
        answer = caller.client.request(
            method,
            f"{path}/",
            headers=caller.login.headers,
            follow_redirects=False,
        )
        assert is_problem(answer, 404)


@pytest.mark.parametrize(("path", "allowed"), ALLOWED)
def test_other_methods_are_405_with_every_allowed_one(
    client: Client, path: str, allowed: set[str]
) -> None:
    for method in sorted(METHODS - allowed):
        answer = client.request(method, path)

        assert is_problem(answer, 405)
        named = {name.strip() for name in answer.headers["allow"].split(",")}
        assert named - {"HEAD", "OPTIONS"} == allowed


@pytest.mark.parametrize(("method", "path"), JSON_BODIES)
def test_other_media_types_are_415(caller: Caller, method: str, path: str) -> None:
    path = place(caller, path)

    for media_type in ("text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""):
        headers = {"Content-Type": media_type}
        assert is_problem(caller.request(method, path, content=b"{}", headers=headers), 415)
    assert is_problem(caller.request(method, path, content=b"{}"), 415)


@pytest.mark.parametrize(("method", "path"), JSON_BODIES)
def test_merge_patch_is_for_patch_alone(caller: Caller, method: str, path: str) -> None:
    path = place(caller, path)

    answer = caller.request(method, path, content=b'{"surprise": 1}', headers=MERGE_PATCH)

    if method == "PATCH":
        assert "body.surprise" in locations(answer)
    else:
        assert is_problem(answer, 415)


@pytest.mark.parametrize(
    "media_type",
    ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"],
)
def test_json_is_taken_however_it_is_spelt(caller: Caller, media_type: str) -> None:
    headers = {"Content-Type": media_type}

    answer = caller.post("/todos", content=b'{"title": "a"}', headers=headers)

    assert answer.status_code == 201


@pytest.mark.parametrize(("method", "path"), JSON_BODIES)
def test_empty_body_is_400(caller: Caller, method: str, path: str) -> None:
    path = place(caller, path)

    assert is_problem(caller.request(method, path, content=b"", headers=JSON), 400)


@pytest.mark.parametrize("body", NOT_JSON)
def test_body_that_does_not_parse_is_400(caller: Caller, body: bytes) -> None:
    path = f"/todos/{create_todo(caller)['id']}"

    assert is_problem(caller.post("/todos", content=body, headers=JSON), 400)
    assert is_problem(caller.patch(path, content=body, headers=MERGE_PATCH), 400)


@pytest.mark.parametrize("body", [b"[]", b'"title"', b"1", b"null", b"true", b'[{"title": "a"}]'])
def test_body_that_is_no_object_is_422(caller: Caller, body: bytes) -> None:
    assert locations(caller.post("/todos", content=body, headers=JSON)) == {"body"}


@pytest.mark.parametrize("body", HOSTILE)
def test_hostile_bodies_never_break_the_service(caller: Caller, body: bytes) -> None:
    assert caller.post("/todos", content=body, headers=JSON).status_code in (201, 400, 422)


@pytest.mark.parametrize(("body", "location"), SURROGATES)
def test_lone_surrogates_are_422(caller: Caller, body: bytes, location: str) -> None:
    assert locations(caller.post("/todos", content=body, headers=JSON)) == {location}


@pytest.mark.parametrize(
    ("method", "path"), [(method, path) for method, path in JSON_BODIES if "{" not in path]
)
def test_lone_surrogate_as_a_members_name_is_422(caller: Caller, method: str, path: str) -> None:
    create_todo(caller, tags=["home"])

    answer = caller.request(method, path, content=b'{"a\\ud800": "\\ud800"}', headers=JSON)

    assert len(locations(answer)) >= 1


@pytest.mark.parametrize(("method", "path", "members", "member"), SURROGATE_SECRETS)
def test_lone_surrogates_in_accounts_are_refused(
    caller: Caller, method: str, path: str, members: dict[str, str], member: str
) -> None:
    body = json.dumps(members | {member: "abcdefghijkl\ud800"})

    answer = caller.request(method, path, content=body.encode(), headers=JSON)

    assert locations(answer) == {f"body.{member}"}


def test_problem_says_what_is_wrong_where(caller: Caller) -> None:
    problem: Any = caller.post("/todos", json={"title": ""}).json()

    assert problem["title"]
    assert problem["detail"]
    assert problem["instance"] == f"{API}/todos"
    (error,) = problem["errors"]
    assert error["location"] == "body.title"
    assert error["message"]
    assert error["code"]


@pytest.mark.parametrize(("method", "path"), JSON_BODIES)
def test_body_over_1_mib_is_413(caller: Caller, method: str, path: str) -> None:
    path = place(caller, path)
    body = b'{"title": "' + b"x" * MAXIMUM_BYTES + b'"}'

    measured = caller.request(method, path, content=body, headers=JSON)
    streamed = caller.request(method, path, content=in_pieces(body), headers=JSON)

    assert is_problem(measured, 413)
    assert is_problem(streamed, 413)


def test_body_of_1_mib_is_read(caller: Caller) -> None:
    body = b'{"title": "' + b"x" * (MAXIMUM_BYTES - 13) + b'"}'
    assert len(body) == MAXIMUM_BYTES

    assert locations(caller.post("/todos", content=body, headers=JSON)) == {"body.title"}
    streamed = caller.post("/todos", content=in_pieces(body), headers=JSON)
    assert locations(streamed) == {"body.title"}


def test_body_over_1_mib_is_413_even_where_none_is_due(caller: Caller) -> None:
    path = f"/todos/{create_todo(caller)['id']}/complete"

    answer = caller.post(path, content=b"x" * (MAXIMUM_BYTES + 1))

    assert is_problem(answer, 413)
