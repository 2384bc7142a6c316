"""Access tokens with the right signature and one wrong claim, and with a wrong algorithm."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import jwt
import pytest
from httpx2 import Client

from app.access_tokens import AUDIENCE
from app.models.base import utc_now
from app.settings import Settings
from tests.api.logins import bearer
from tests.api.support import UNKNOWN_ID, Caller, is_problem, sign_up


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def good_claims(settings: Settings, caller: Caller) -> dict[str, Any]:
    now = utc_now()
    return {
        "iss": settings.public_url,
        "aud": AUDIENCE,
        "sub": caller.id,
        "iat": now,
        "exp": now + timedelta(minutes=5),
        "jti": uuid4().hex,
        "typ": "access",
    }


def is_refused(client: Client, token: str) -> bool:
    answer = client.get("/api/v1/users/me", headers=bearer(token))
    assert answer.headers["www-authenticate"] == "Bearer"
    return is_problem(answer, 401)


def test_good_claims_are_taken(client: Client, settings: Settings, caller: Caller) -> None:
    token = jwt.encode(good_claims(settings, caller), settings.secret_key, algorithm="HS256")
    answer = client.get("/api/v1/users/me", headers=bearer(token))
    assert answer.json()["id"] == caller.id


@pytest.mark.parametrize("claim", ["iss", "aud", "sub", "iat", "exp", "jti", "typ"])
def test_a_missing_claim_is_refused(
    client: Client, settings: Settings, caller: Caller, claim: str
) -> None:
    claims = good_claims(settings, caller)
    del claims[claim]
    assert is_refused(client, jwt.encode(claims, settings.secret_key, algorithm="HS256"))


@pytest.mark.parametrize(
    ("claim", "value"),
    [
        ("iss", "https://evil.example"),
        ("aud", "another-api"),
        ("sub", "nobody"),
        ("sub", UNKNOWN_ID),
        ("iat", utc_now() + timedelta(hours=1)),
        ("exp", utc_now() - timedelta(hours=1)),
        ("typ", "refresh"),
    ],
)
def test_a_wrong_claim_is_refused(
    client: Client, settings: Settings, caller: Caller, claim: str, value: object
) -> None:
    claims = good_claims(settings, caller) | {claim: value}
    assert is_refused(client, jwt.encode(claims, settings.secret_key, algorithm="HS256"))


@pytest.mark.parametrize("algorithm", ["none", "HS384", "HS512"])
@pytest.mark.filterwarnings("ignore::jwt.warnings.InsecureKeyLengthWarning")
def test_another_algorithm_is_refused(
    client: Client, settings: Settings, caller: Caller, algorithm: str
) -> None:
    key = "" if algorithm == "none" else settings.secret_key
    assert is_refused(client, jwt.encode(good_claims(settings, caller), key, algorithm=algorithm))


def test_another_key_is_refused(client: Client, settings: Settings, caller: Caller) -> None:
    claims = good_claims(settings, caller)
    assert is_refused(client, jwt.encode(claims, "k" * 32, algorithm="HS256"))
