"""What access tokens claim, and that nothing of it can be changed."""

import base64
import json
from typing import Any

import pytest
from httpx2 import Client

from tests.api.logins import bearer
from tests.api.support import API, is_problem, sign_up

CLAIMS = {"iss", "aud", "sub", "iat", "exp", "jti", "typ"}


def encode(part: dict[str, Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode()


def decode(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


def test_access_token_holds_every_claim(client: Client) -> None:
    caller = sign_up(client)

    header, payload, _ = caller.login.access_token.split(".")

    claims = decode(payload)
    assert set(claims) == CLAIMS
    assert claims["sub"] == caller.id
    assert claims["exp"] - claims["iat"] == 900
    assert decode(header)["alg"] != "none"


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", "HS384", "RS256"])
def test_other_algorithms_are_refused(client: Client, algorithm: str) -> None:
    header, payload, signature = sign_up(client).login.access_token.split(".")
    changed = encode(decode(header) | {"alg": algorithm})

    for tail in ("", signature):
        answer = client.get(f"{API}/users/me", headers=bearer(f"{changed}.{payload}.{tail}"))
        assert is_problem(answer, 401)


@pytest.mark.parametrize("claim", sorted(CLAIMS))
def test_changed_claims_are_refused(client: Client, claim: str) -> None:
    header, payload, signature = sign_up(client).login.access_token.split(".")
    claims = decode(payload)
    changed = claims | {claim: claims[claim] + 1 if claim in ("iat", "exp") else "other"}
    missing = {name: value for name, value in claims.items() if name != claim}

    for forged in (changed, missing):
        token = f"{header}.{encode(forged)}.{signature}"
        assert is_problem(client.get(f"{API}/users/me", headers=bearer(token)), 401)
