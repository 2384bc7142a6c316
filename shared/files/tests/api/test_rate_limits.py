"""Limits on attempts, per address and per account."""

from collections.abc import Callable

import pytest
from httpx2 import Client, Response

from tests.api.support import (
    API,
    PHRASE,
    FromAddress,
    MakeClient,
    is_limited,
    later,
    log_in,
    new_address,
    new_email,
    register,
    sign_up,
)

Attempt = Callable[[Client, str], Response]


def try_password(client: Client, email: str) -> Response:
    return log_in(client, email, "not the password")


def request_reset(client: Client, email: str) -> Response:
    return client.post(f"{API}/auth/password-reset", json={"email": email})


ATTEMPTS = [
    pytest.param(register, "3/minute", id="register"),
    pytest.param(try_password, "4/minute", id="login"),
    pytest.param(request_reset, "5/minute", id="password-reset"),
]


@pytest.mark.parametrize(("attempt", "limit"), ATTEMPTS)
def test_attempts_of_an_address_are_limited(
    make_client: MakeClient, from_address: FromAddress, attempt: Attempt, limit: str
) -> None:
    with make_client(AUTH_RATE_LIMIT=limit) as app, from_address(app, new_address()) as client:
        for _ in range(int(limit[0])):
            assert attempt(client, new_email()).status_code < 429
        assert is_limited(attempt(client, new_email()))
        with from_address(app, new_address()) as other:
            assert attempt(other, new_email()).status_code < 429


@pytest.mark.parametrize(("attempt", "limit"), ATTEMPTS)
def test_attempts_on_an_account_are_limited_from_any_address(
    make_client: MakeClient, from_address: FromAddress, attempt: Attempt, limit: str
) -> None:
    email = new_email()

    with make_client(AUTH_RATE_LIMIT=limit) as app:
        answers = []
        for number in range(int(limit[0]) + 1):
            with from_address(app, new_address()) as client:
                answers.append(attempt(client, email.upper() if number % 2 else email))
        with from_address(app, new_address()) as client:
            assert attempt(client, new_email()).status_code < 429

    assert all(answer.status_code < 429 for answer in answers[:-1])
    assert is_limited(answers[-1])


def test_limit_counts_good_passwords_too_and_ends(
    client: Client, make_client: MakeClient, from_address: FromAddress
) -> None:
    email = sign_up(client).email

    with (
        make_client(AUTH_RATE_LIMIT="2/minute") as app,
        from_address(app, new_address()) as limited,
    ):
        assert [log_in(limited, email, PHRASE).status_code for _ in range(3)] == [200, 200, 429]
        with later(seconds=61):
            assert log_in(limited, email, PHRASE).status_code == 200


def test_address_is_not_what_the_caller_says(
    make_client: MakeClient, from_address: FromAddress
) -> None:
    with make_client(AUTH_RATE_LIMIT="7/minute") as app, from_address(app, new_address()) as client:
        answers = [
            client.post(
                f"{API}/auth/password-reset",
                json={"email": new_email()},
                headers={"X-Forwarded-For": f"203.0.113.{number}"},
            )
            for number in range(8)
        ]

    assert is_limited(answers[-1])


def test_other_endpoints_are_not_limited(make_client: MakeClient) -> None:
    with make_client(AUTH_RATE_LIMIT="1/hour") as client:
        answers = [client.get(f"{API}/users/me") for _ in range(5)]

    assert {answer.status_code for answer in answers} == {401}
