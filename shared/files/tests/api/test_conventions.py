"""What every answer has: headers, request ids, no-store; and who may call from a browser."""

import pytest
from httpx2 import Client, Response

from tests.api import logins
from tests.api.support import (
    API,
    UNKNOWN_ID,
    Caller,
    MakeClient,
    create_todo,
    is_problem,
    log_in,
    sign_up,
)

ORIGIN = "https://app.example.com"
OTHER_ORIGIN = "https://admin.example.com"
LIVE = "/health/live"
SANE_IDS = ["a", "0", "x" * 128, "A-Za-z0-9._-", "4bf92f3577b34da6a3ce929d0e0e4736", "..."]
OTHER_IDS = ["", "x" * 129, "a b", "a;b", "a/b", 'a"b', "<script>", "a,b", "a:b", "é"]
SENT_HEADERS = [
    logins.HEADER.lower(),
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-request-id",
]


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def with_origin(client: Client, path: str, origin: str = ORIGIN) -> Response:
    return client.get(path, headers={"Origin": origin})


def preflight(client: Client, method: str, header: str, origin: str = ORIGIN) -> Response:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": header,
    }
    return client.options(f"{API}/todos", headers=headers)


def cors_headers(answer: Response) -> list[str]:
    return [name for name in answer.headers if name.startswith("access-control-")]


@pytest.mark.parametrize("request_id", SANE_IDS)
def test_sane_request_id_is_echoed(client: Client, request_id: str) -> None:
    answer = client.get(LIVE, headers={"X-Request-ID": request_id})

    assert answer.headers["x-request-id"] == request_id


@pytest.mark.parametrize("request_id", OTHER_IDS)
def test_other_request_id_is_replaced(client: Client, request_id: str) -> None:
    sent = [(b"X-Request-ID", request_id.encode())]

    answers = [client.get(LIVE, headers=sent) for _ in range(2)]

    ids = {answer.headers["x-request-id"] for answer in answers}
    assert len(ids) == 2
    assert request_id not in ids


def test_every_request_gets_an_id_of_its_own(client: Client) -> None:
    ids = {client.get(path).headers["x-request-id"] for path in (LIVE, "/nope", "/docs", "/nope")}

    assert len(ids) == 4


def test_problem_carries_the_callers_request_id(client: Client) -> None:
    answer = client.get("/nope", headers={"X-Request-ID": "mine"})

    assert answer.json()["request_id"] == answer.headers["x-request-id"] == "mine"


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("GET", LIVE),
        ("GET", "/docs"),
        ("GET", "/openapi.json"),
        ("GET", "/nope"),
        ("PUT", LIVE),
        ("GET", f"{API}/todos"),
        ("POST", f"{API}/auth/register"),
        ("POST", logins.LOGIN),
        ("OPTIONS", f"{API}/todos"),
    ],
)
def test_every_answer_has_the_security_headers(client: Client, method: str, path: str) -> None:
    headers = client.request(method, path).headers

    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["referrer-policy"] == "no-referrer"
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert "strict-transport-security" not in headers
    assert "x-powered-by" not in headers


def test_large_body_has_the_security_headers_too(client: Client) -> None:
    answer = client.post(f"{API}/auth/register", content=b"x" * ((1 << 20) + 1))

    assert is_problem(answer, 413)
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-store"


def test_hsts_comes_with_tls(client: Client, make_client: MakeClient) -> None:
    assert (
        "max-age=" in client.get(f"https://testserver{LIVE}").headers["strict-transport-security"]
    )
    with make_client(PUBLIC_URL="https://todo.example.com") as behind_tls:
        assert "max-age=" in behind_tls.get(LIVE).headers["strict-transport-security"]


def test_answers_to_authenticated_requests_are_not_stored(caller: Caller) -> None:
    path = f"/todos/{create_todo(caller)['id']}"
    etag = caller.get(path).headers["etag"]
    answers = [
        caller.get(path),
        caller.get(path, headers={"If-None-Match": etag}),
        caller.get("/todos"),
        caller.get("/users/me"),
        caller.get("/users"),
        caller.post("/todos", json={"title": "a"}),
        caller.post("/todos", json={"title": ""}),
        caller.post("/todos", content=b""),
        caller.post("/todos", content=b"{", headers={"Content-Type": "application/json"}),
        caller.post("/todos", content=b"x" * ((1 << 20) + 1)),
        caller.patch(path, json={}, headers={"If-Match": '"other"'}),
        caller.get(f"/todos/{UNKNOWN_ID}"),
        caller.get("/nope"),
        caller.put("/todos"),
        caller.get(path, headers=logins.BAD_CREDENTIALS[2]),
        caller.delete(path),
    ]

    statuses = [200, 304, 200, 200, 403, 201, 422, 415, 400, 413, 412, 404, 404, 405, 401, 204]
    assert [answer.status_code for answer in answers] == statuses
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize(
    ("method", "path"),
    [
        ("POST", f"{API}/auth/register"),
        ("POST", logins.LOGIN),
        ("GET", logins.LOGIN),
        ("POST", logins.LOGOUT),
        ("POST", f"{API}/auth/verify-email"),
        ("POST", f"{API}/auth/password-reset"),
        ("POST", f"{API}/auth/password-reset/confirm"),
        ("GET", f"{API}/auth/nope"),
    ],
)
def test_answers_under_auth_are_not_stored(client: Client, method: str, path: str) -> None:
    answer = client.request(method, path)

    assert answer.headers["cache-control"] == "no-store"


def test_good_answers_under_auth_are_not_stored(caller: Caller) -> None:
    answers = [
        log_in(caller.client, caller.email),
        logins.log_out(caller.client, caller.login),
        caller.client.post(f"{API}/auth/password-reset", json={"email": caller.email}),
    ]

    assert all(answer.is_success for answer in answers)
    assert {answer.headers["cache-control"] for answer in answers} == {"no-store"}


@pytest.mark.parametrize("path", [LIVE, f"{API}/todos", "/nope"])
def test_cors_is_off_by_default(client: Client, path: str) -> None:
    assert cors_headers(with_origin(client, path)) == []


def test_preflight_is_405_while_cors_is_off(client: Client) -> None:
    answer = preflight(client, "POST", "content-type")

    assert is_problem(answer, 405)
    assert cors_headers(answer) == []


def test_configured_origins_may_read_every_answer(make_client: MakeClient) -> None:
    with make_client(CORS_ORIGINS=f"{ORIGIN},{OTHER_ORIGIN}") as client:
        for origin in (ORIGIN, OTHER_ORIGIN):
            for path in (LIVE, f"{API}/todos", "/nope"):
                answer = with_origin(client, path, origin)
                assert answer.headers["access-control-allow-origin"] == origin
                assert "origin" in answer.headers["vary"].lower()
                exposed = answer.headers["access-control-expose-headers"].lower()
                for name in ("etag", "location", "retry-after", "x-request-id"):
                    assert name in exposed


@pytest.mark.parametrize(
    "origin", ["https://evil.example", f"{ORIGIN}.evil.example", "http://app.example.com", "null"]
)
def test_other_origins_may_not(make_client: MakeClient, origin: str) -> None:
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answers = [with_origin(client, LIVE, origin), preflight(client, "POST", "", origin)]

    for answer in answers:
        assert answer.headers.get("access-control-allow-origin") in (None, ORIGIN)
        assert answer.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "PATCH", "DELETE"])
def test_preflight_allows_the_methods(make_client: MakeClient, method: str) -> None:
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answer = preflight(client, method, logins.HEADER)

    assert answer.status_code in (200, 204)
    assert answer.headers["access-control-allow-origin"] == ORIGIN
    assert method in answer.headers["access-control-allow-methods"]
    assert answer.headers["x-request-id"]


@pytest.mark.parametrize("header", SENT_HEADERS)
def test_preflight_allows_the_headers_of_the_api(make_client: MakeClient, header: str) -> None:
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answer = preflight(client, "PATCH", header)

    assert answer.status_code in (200, 204), answer.text
    assert header in answer.headers["access-control-allow-headers"].lower()


def test_cors_never_allows_everyone_with_credentials(make_client: MakeClient) -> None:
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answers = [
            with_origin(client, LIVE),
            with_origin(client, LIVE, "https://evil.example"),
            preflight(client, "POST", logins.HEADER),
        ]

    for answer in answers:
        assert answer.headers.get("access-control-allow-origin") != "*"


def test_other_hosts_are_refused_where_hosts_are_named(make_client: MakeClient) -> None:
    with make_client(ALLOWED_HOSTS="testserver,*.example.com") as client:
        for host in ("testserver", "testserver:8000", "todo.example.com"):
            assert client.get(LIVE, headers={"Host": host}).status_code == 200
        for host in ("evil.test", "example.com.evil.test", "testserver.evil.test"):
            assert is_problem(client.get(LIVE, headers={"Host": host}), 400)
