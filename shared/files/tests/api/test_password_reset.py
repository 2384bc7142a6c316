"""Resetting a forgotten password by mail."""

import pytest
from httpx2 import Client, Response

from tests.api import logins
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    Mail,
    at_once,
    is_problem,
    later,
    locations,
    log_in,
    mailed_token,
    new_email,
    sign_in,
    sign_up,
)


def request_reset(client: Client, email: str) -> Response:
    return client.post(f"{API}/auth/password-reset", json={"email": email})


def confirm(client: Client, token: str, password: str = OTHER_PHRASE) -> Response:
    body = {"token": token, "new_password": password}
    return client.post(f"{API}/auth/password-reset/confirm", json=body)


def test_answer_does_not_tell_whether_the_account_exists(
    client: Client, outbox: list[Mail]
) -> None:
    caller = sign_up(client)
    outbox.clear()

    known, unknown = request_reset(client, caller.email), request_reset(client, new_email())

    assert known.status_code == unknown.status_code == 202
    assert known.content == unknown.content
    assert [mail.to for mail in outbox] == [caller.email]


def test_email_is_compared_case_insensitively(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    outbox.clear()

    request_reset(client, caller.email.upper())

    assert [mail.to for mail in outbox] == [caller.email]


@pytest.mark.parametrize("email", ["", "ada", "ada@", None, 1])
def test_malformed_email_is_422(client: Client, email: object) -> None:
    answer = client.post(f"{API}/auth/password-reset", json={"email": email})

    assert locations(answer) == {"body.email"}


def test_mailed_token_sets_the_password_once(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    request_reset(client, caller.email)
    token = mailed_token(outbox, caller.email)

    answer = confirm(client, token)

    assert answer.status_code == 204
    assert log_in(client, caller.email, PHRASE).status_code == logins.REFUSED
    assert log_in(client, caller.email, OTHER_PHRASE).status_code == 200
    assert is_problem(confirm(client, token, PHRASE), 400)
    assert log_in(client, caller.email, OTHER_PHRASE).status_code == 200


def test_reset_ends_every_login(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    elsewhere = sign_in(client, caller.email)
    request_reset(client, caller.email)

    confirm(client, mailed_token(outbox, caller.email))

    assert not caller.is_logged_in()
    assert not elsewhere.is_logged_in()


def test_new_password_is_not_stripped(client: Client, outbox: list[Mail]) -> None:
    caller, padded = sign_up(client), f" {OTHER_PHRASE} "
    request_reset(client, caller.email)

    confirm(client, mailed_token(outbox, caller.email), padded)

    assert log_in(client, caller.email, OTHER_PHRASE).status_code == logins.REFUSED
    assert log_in(client, caller.email, padded).status_code == 200


def test_refused_password_does_not_spend_the_token(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    request_reset(client, caller.email)
    token = mailed_token(outbox, caller.email)

    assert locations(confirm(client, token, "too short")) == {"body.new_password"}
    assert confirm(client, token).status_code == 204


def test_concurrent_confirmations_spend_the_token_once(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    request_reset(client, caller.email)
    token = mailed_token(outbox, caller.email)

    answers = at_once([lambda: confirm(client, token)] * 8)

    assert sorted(answer.status_code for answer in answers) == [204] + [400] * 7


def test_expired_token_is_400(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    request_reset(client, caller.email)

    with later(days=2):
        assert is_problem(confirm(client, mailed_token(outbox, caller.email)), 400)


@pytest.mark.parametrize("token", ["", "unknown", "é"])
def test_unknown_token_is_400(client: Client, token: str) -> None:
    assert is_problem(confirm(client, token), 400)


def test_verification_token_resets_nothing(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)

    assert is_problem(confirm(client, mailed_token(outbox, caller.email)), 400)
