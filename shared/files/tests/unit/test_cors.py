"""A preflight that is refused gets an answer without a CORS header."""

import pytest

from tests.conftest import ClientFactory

ORIGIN = "https://app.example.com"


@pytest.mark.parametrize(
    ("origin", "method", "header"),
    [
        ("https://evil.example", "POST", "content-type"),
        (ORIGIN, "TRACE", "content-type"),
        (ORIGIN, "POST", "x-unknown"),
    ],
)
def test_a_refused_preflight_allows_nothing(
    make_client: ClientFactory, origin: str, method: str, header: str
) -> None:
    headers = {
        "Origin": origin,
        "Access-Control-Request-Method": method,
        "Access-Control-Request-Headers": header,
    }
    with make_client(CORS_ORIGINS=ORIGIN) as client:
        answer = client.options("/api/v1/todos", headers=headers)
    assert (answer.status_code, answer.content) == (204, b"")
    assert not [name for name in answer.headers if name.startswith("access-control-")]
    assert answer.headers["x-request-id"]
    assert answer.headers["x-content-type-options"] == "nosniff"
