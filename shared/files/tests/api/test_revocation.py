"""Tokens end at once, whichever way they are revoked."""

import pytest
from httpx2 import Client, Response

from tests.api.logins import LOGOUT, Login, bearer, read_login, refresh
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    Mail,
    is_problem,
    mailed_token,
    sign_in,
    sign_up,
)

EVERYWHERE = f"{API}/auth/logout-everywhere"


def ask(client: Client, login: Login) -> Response:
    return client.get(f"{API}/users/me", headers=login.headers)


def test_access_token_is_random_and_of_256_bits(client: Client) -> None:
    caller = sign_up(client)
    tokens = {caller.login.access_token, sign_in(client, caller.email).login.access_token}

    assert len(tokens) == 2
    assert all(len(token) >= 43 and "." not in token for token in tokens)


@pytest.mark.parametrize("kind", ["access_token", "refresh_token"])
def test_revoking_either_token_ends_the_login_at_once(client: Client, kind: str) -> None:
    caller = sign_up(client)
    other = sign_in(client, caller.email)

    assert client.post(LOGOUT, data={"token": getattr(caller.login, kind)}).status_code == 200

    assert is_problem(ask(client, caller.login), 401)
    assert refresh(client, caller.login.refresh_token).status_code == 400
    assert ask(client, other.login).status_code == 200


def test_revoking_ends_every_access_token_of_the_login(client: Client) -> None:
    first = sign_up(client).login
    second = read_login(refresh(client, first.refresh_token))
    assert [ask(client, login).status_code for login in (first, second)] == [200, 200]

    client.post(LOGOUT, data={"token": first.access_token})

    assert [ask(client, login).status_code for login in (first, second)] == [401, 401]
    assert refresh(client, second.refresh_token).status_code == 400


def test_reuse_of_a_refresh_token_ends_access_at_once(client: Client) -> None:
    first = sign_up(client).login
    second = read_login(refresh(client, first.refresh_token))

    refresh(client, first.refresh_token)

    assert is_problem(ask(client, second), 401)


def test_logging_out_everywhere_ends_each_login_of_the_caller(client: Client) -> None:
    caller, stranger = sign_up(client), sign_up(client)
    other = sign_in(client, caller.email)

    answer = client.post(EVERYWHERE, headers=caller.login.headers)

    assert answer.status_code == 204
    assert answer.headers["cache-control"] == "no-store"
    for login in (caller.login, other.login):
        assert is_problem(ask(client, login), 401)
        assert refresh(client, login.refresh_token).status_code == 400
    assert ask(client, stranger.login).status_code == 200


@pytest.mark.parametrize("headers", [{}, bearer("unknown")])
def test_logging_out_everywhere_needs_a_login(client: Client, headers: dict[str, str]) -> None:
    assert is_problem(client.post(EVERYWHERE, headers=headers), 401)


def test_password_change_ends_access_at_once(client: Client) -> None:
    caller = sign_up(client)
    body = {"current_password": PHRASE, "new_password": OTHER_PHRASE}

    assert caller.put("/users/me/password", json=body).status_code == 204

    assert is_problem(ask(client, caller.login), 401)


def test_password_reset_ends_access_at_once(client: Client, outbox: list[Mail]) -> None:
    caller = sign_up(client)
    client.post(f"{API}/auth/password-reset", json={"email": caller.email})

    body = {"token": mailed_token(outbox, caller.email), "new_password": OTHER_PHRASE}
    client.post(f"{API}/auth/password-reset/confirm", json=body)

    assert is_problem(ask(client, caller.login), 401)
