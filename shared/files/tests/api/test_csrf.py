"""Requests of other sites' pages: they change nothing, and log nobody in."""

import pytest
from httpx2 import Client, Response

from tests.api.logins import HEADER, LOGIN, Login, cookie, read_cookie
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    UNKNOWN_ID,
    Caller,
    MakeClient,
    is_problem,
    new_email,
    register,
    sign_in,
    sign_up,
)

CHANGE = {"current_password": PHRASE, "new_password": OTHER_PHRASE}
UNSAFE = [
    ("POST", "/auth/logout", None),
    ("POST", "/auth/logout-everywhere", None),
    ("PATCH", "/users/me", {"full_name": "Eve"}),
    ("PUT", "/users/me/password", CHANGE),
    ("DELETE", "/users/me", None),
    ("PATCH", f"/users/{UNKNOWN_ID}", {"is_superuser": True}),
    ("POST", "/todos", {"title": "a"}),
    ("PATCH", f"/todos/{UNKNOWN_ID}", {"title": "b"}),
    ("DELETE", f"/todos/{UNKNOWN_ID}", None),
    ("POST", f"/todos/{UNKNOWN_ID}/complete", None),
    ("POST", f"/todos/{UNKNOWN_ID}/reopen", None),
    ("POST", "/todos/exports", None),
    ("PATCH", "/tags/home", {"name": "work"}),
    ("DELETE", "/tags/home", None),
]
ORIGIN = "https://app.example.com"


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def send(caller: Caller, case: tuple[str, str, object], headers: dict[str, str]) -> Response:
    method, path, body = case
    sent = cookie(caller.login.token) | headers
    return caller.client.request(method, f"{API}{path}", headers=sent, json=body)


def log_in_from(client: Client, email: str, origin: str) -> Response:
    body = {"email": email, "password": PHRASE}
    answer = client.post(LOGIN, json=body, headers={"Origin": origin})
    client.cookies.clear()
    return answer


@pytest.mark.parametrize("case", UNSAFE)
def test_request_without_its_proof_is_403(caller: Caller, case: tuple[str, str, object]) -> None:
    assert is_problem(send(caller, case, {}), 403)

    assert caller.is_logged_in()
    assert caller.get("/users/me").json()["full_name"] is None
    assert caller.get("/todos").json()["items"] == []


@pytest.mark.parametrize("proof", ["", "nonsense", "0" * 64, "é"])
def test_wrong_proof_is_403(caller: Caller, proof: str) -> None:
    headers = [(b"Cookie", cookie(caller.login.token)["Cookie"].encode())]
    headers += [(HEADER.encode(), proof.encode())]

    answer = caller.client.post(f"{API}/todos", json={"title": "a"}, headers=headers)

    assert is_problem(answer, 403)


def test_proof_is_of_one_session(caller: Caller) -> None:
    for other in (sign_up(caller.client), sign_in(caller.client, caller.email)):
        mixed = Login(caller.login.token, other.login.csrf_token)
        answer = caller.client.post(f"{API}/todos", json={"title": "a"}, headers=mixed.headers)
        assert is_problem(answer, 403)


def test_renewed_session_has_another_proof(caller: Caller) -> None:
    renewed = cookie(read_cookie(caller.put("/users/me/password", json=CHANGE)))
    caller.client.cookies.clear()

    old = renewed | {HEADER: caller.login.csrf_token}
    proof = caller.client.get(f"{API}/auth/session", headers=renewed).json()["csrf_token"]

    answers = [
        caller.client.post(f"{API}/todos", json={"title": "a"}, headers=headers)
        for headers in (old, renewed | {HEADER: proof})
    ]
    assert [answer.status_code for answer in answers] == [403, 201]


def test_reading_needs_no_proof(caller: Caller) -> None:
    for path in ("/users/me", "/todos", "/todos/stats", "/tags", "/auth/session"):
        answer = caller.client.get(f"{API}{path}", headers=cookie(caller.login.token))
        assert answer.status_code == 200


def test_without_a_session_a_proof_is_worth_nothing(caller: Caller) -> None:
    headers = {HEADER: caller.login.csrf_token}

    answer = caller.client.post(f"{API}/todos", json={"title": "a"}, headers=headers)

    assert is_problem(answer, 401)


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "null", "", "http://testserver.evil.example", "https://testserver"],
)
def test_other_sites_log_nobody_in(client: Client, origin: str) -> None:
    email = new_email()
    register(client, email)

    answer = log_in_from(client, email, origin)

    assert is_problem(answer, 403)
    assert "set-cookie" not in answer.headers


def test_own_pages_log_in(client: Client, make_client: MakeClient) -> None:
    email = new_email()
    register(client, email)

    assert log_in_from(client, email, "http://testserver").status_code == 200
    with make_client(PUBLIC_URL="https://todo.example.com/", CORS_ORIGINS=ORIGIN) as behind_proxy:
        for origin in ("https://todo.example.com", "https://testserver", ORIGIN):
            assert log_in_from(behind_proxy, email, origin).status_code == 200


def test_form_logs_nobody_in(client: Client) -> None:
    email = new_email()
    register(client, email)

    answer = client.post(LOGIN, data={"email": email, "password": PHRASE})

    assert is_problem(answer, 415)


def test_pages_of_configured_origins_may_send_the_cookie(make_client: MakeClient) -> None:
    asked = {"Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": HEADER}
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answers = [
            client.options(f"{API}/todos", headers={"Origin": ORIGIN, **asked}),
            client.get(f"{API}/todos", headers={"Origin": ORIGIN}),
        ]

    for answer in answers:
        assert answer.headers["access-control-allow-credentials"] == "true"
        assert answer.headers["access-control-allow-origin"] == ORIGIN
