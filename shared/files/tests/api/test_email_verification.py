"""Verification of e-mail addresses."""

import pytest
from httpx2 import Client, Response

from tests.api.support import (
    API,
    Mail,
    is_problem,
    later,
    locations,
    mailed_token,
    new_email,
    sign_up,
)


def verify(client: Client, token: str) -> Response:
    return client.post(f"{API}/auth/verify-email", json={"token": token})


def test_mailed_token_verifies_the_address(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)

    answer = verify(client, mailed_token(outbox, caller.email))

    assert answer.status_code == 204
    assert answer.content == b""
    assert caller.get("/users/me").json()["email_verified"] is True


def test_registration_mails_its_address_alone(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)

    assert [mail.to for mail in outbox] == [caller.email]


def test_spent_token_is_400(client: Client, outbox: list[Mail]) -> None:
    token = mailed_token(outbox, sign_up(client).email)
    verify(client, token)

    assert is_problem(verify(client, token), 400)


def test_expired_token_is_400(client: Client, outbox: list[Mail]) -> None:
    token = mailed_token(outbox, sign_up(client).email)

    with later(days=366):
        assert is_problem(verify(client, token), 400)


@pytest.mark.parametrize("token", ["", "unknown", "é", "x" * 5000])
def test_unknown_token_is_400(client: Client, token: str) -> None:
    assert is_problem(verify(client, token), 400)


def test_token_must_be_a_storable_string(client: Client) -> None:
    assert locations(verify(client, "a\0b")) == {"body.token"}
    assert locations(client.post(f"{API}/auth/verify-email", json={})) == {"body.token"}


def test_token_of_an_address_given_up_verifies_nothing(client: Client, outbox: list[Mail]) -> None:
    caller, email = sign_up(client), new_email()
    stale = mailed_token(outbox, caller.email)
    caller.patch("/users/me", json={"email": email})

    assert is_problem(verify(client, stale), 400)
    assert verify(client, mailed_token(outbox, email)).status_code == 204
    assert caller.get("/users/me").json()["email_verified"] is True


def test_reset_token_verifies_nothing(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    client.post(f"{API}/auth/password-reset", json={"email": caller.email})

    assert is_problem(verify(client, mailed_token(outbox, caller.email)), 400)
