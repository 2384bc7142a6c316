"""Access and refresh tokens: RFC 6749, RFC 7009, RFC 9700."""

from functools import partial

import pytest
from httpx2 import Client, Response

from tests.api.logins import LOGIN as TOKEN
from tests.api.logins import LOGOUT as REVOKE
from tests.api.logins import bearer, refresh, request_tokens
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    FromAddress,
    MakeClient,
    at_once,
    is_limited,
    is_problem,
    later,
    log_in,
    new_address,
    new_email,
    sign_up,
)

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


def is_oauth_error(answer: Response, error: str) -> bool:
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"].split(";")[0] == "application/json"
    assert answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"error", "error_description"}
    assert answer.json()["error"] == error
    return True


def test_password_grant_answers_both_tokens(client: Client) -> None:
    email = sign_up(client).email

    answer = log_in(client, email)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    tokens = answer.json()
    assert set(tokens) == {"access_token", "token_type", "expires_in", "refresh_token"}
    assert tokens["token_type"] == "bearer"
    assert tokens["expires_in"] == 900


def test_username_is_compared_case_insensitively(client: Client) -> None:
    assert log_in(client, sign_up(client).email.upper()).status_code == 200


def test_wrong_password_and_unknown_account_look_alike(client: Client) -> None:
    wrong = log_in(client, sign_up(client).email, "not the password")
    unknown = log_in(client, new_email())

    assert is_oauth_error(wrong, "invalid_grant")
    assert wrong.content == unknown.content


@pytest.mark.parametrize(
    "form",
    [
        {},
        {"username": "a@example.com", "password": PHRASE},
        {"grant_type": "password"},
        {"grant_type": "password", "username": "a@example.com"},
        {"grant_type": "password", "password": PHRASE},
        {"grant_type": "refresh_token"},
    ],
)
def test_missing_parameter_is_an_invalid_request(client: Client, form: dict[str, str]) -> None:
    assert is_oauth_error(request_tokens(client, **form), "invalid_request")


@pytest.mark.parametrize("grant_type", ["client_credentials", "authorization_code", "Password"])
def test_other_grants_are_unsupported(client: Client, grant_type: str) -> None:
    answer = request_tokens(client, grant_type=grant_type)

    assert is_oauth_error(answer, "unsupported_grant_type")


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
def test_body_that_is_no_form_is_an_invalid_request(client: Client, path: str) -> None:
    body = {"grant_type": "password", "username": "a", "password": PHRASE, "token": "a"}

    assert is_oauth_error(client.post(path, json=body), "invalid_request")
    assert is_oauth_error(client.post(path, content=b"x"), "invalid_request")
    assert is_oauth_error(client.post(path, content=b"\xff", headers=FORM), "invalid_request")
    assert is_oauth_error(client.post(path), "invalid_request")


def test_repeated_parameter_is_an_invalid_request(client: Client) -> None:
    body = b"grant_type=password&username=a&username=b&password=c"

    assert is_oauth_error(client.post(TOKEN, content=body, headers=FORM), "invalid_request")


@pytest.mark.parametrize("username", ["%00", "a%00b", "%ED%A0%80"])
def test_unstorable_username_is_refused(client: Client, username: str) -> None:
    body = f"grant_type=password&username={username}&password={'x' * 12}".encode()

    assert client.post(TOKEN, content=body, headers=FORM).status_code == 400


@pytest.mark.parametrize("path", [TOKEN, REVOKE])
def test_wrong_method_and_large_body_are_problems(client: Client, path: str) -> None:
    answer = client.get(path)
    large = client.post(path, content=b"token=" + b"x" * (1 << 20), headers=FORM)

    assert is_problem(answer, 405)
    assert answer.headers["allow"] == "POST"
    assert is_problem(large, 413)


def test_access_tokens_differ(client: Client) -> None:
    caller = sign_up(client)

    assert log_in(client, caller.email).json()["access_token"] != caller.login.access_token


def test_access_token_expires(client: Client) -> None:
    caller = sign_up(client)

    with later(minutes=14, seconds=30):
        assert caller.get("/users/me").status_code == 200
    with later(minutes=15, seconds=1):
        assert is_problem(caller.get("/users/me"), 401)


def test_refresh_token_is_no_access_token(client: Client) -> None:
    caller = sign_up(client)

    answer = client.get(f"{API}/users/me", headers=bearer(caller.login.refresh_token))

    assert is_problem(answer, 401)


def test_access_token_is_no_refresh_token(client: Client) -> None:
    assert is_oauth_error(refresh(client, sign_up(client).login.access_token), "invalid_grant")


def test_refresh_rotates(client: Client) -> None:
    caller = sign_up(client)

    tokens = refresh(client, caller.login.refresh_token).json()

    assert tokens["refresh_token"] != caller.login.refresh_token
    headers = bearer(tokens["access_token"])
    assert client.get(f"{API}/users/me", headers=headers).json()["id"] == caller.id
    assert refresh(client, tokens["refresh_token"]).status_code == 200


def test_reuse_revokes_the_family(client: Client) -> None:
    first = sign_up(client).login.refresh_token
    second = refresh(client, first).json()["refresh_token"]
    third = refresh(client, second).json()["refresh_token"]

    assert is_oauth_error(refresh(client, first), "invalid_grant")

    assert is_oauth_error(refresh(client, third), "invalid_grant")


def test_reuse_leaves_other_logins_alone(client: Client) -> None:
    caller = sign_up(client)
    other = log_in(client, caller.email).json()["refresh_token"]
    refresh(client, caller.login.refresh_token)
    refresh(client, caller.login.refresh_token)

    assert refresh(client, other).status_code == 200


@pytest.mark.parametrize("token", ["", "unknown", "a.b.c", "é"])
def test_unknown_refresh_token_is_an_invalid_grant(client: Client, token: str) -> None:
    answer = refresh(client, token)

    assert answer.json()["error"] in ("invalid_grant", "invalid_request")
    assert is_oauth_error(answer, answer.json()["error"])


def test_refresh_token_expires_in_the_end(client: Client) -> None:
    token = sign_up(client).login.refresh_token

    with later(days=366):
        assert is_oauth_error(refresh(client, token), "invalid_grant")


def test_revoked_token_and_its_successors_are_dead(client: Client) -> None:
    first = sign_up(client).login.refresh_token
    second = refresh(client, first).json()["refresh_token"]

    assert client.post(REVOKE, data={"token": second}).status_code == 200

    assert is_oauth_error(refresh(client, second), "invalid_grant")


def test_revoke_takes_an_unknown_token_and_a_hint(client: Client) -> None:
    form = {"token": "unknown", "token_type_hint": "refresh_token"}

    answer = client.post(REVOKE, data=form)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("form", [{}, {"token": ""}, {"token_type_hint": "refresh_token"}])
def test_revoke_needs_a_token(client: Client, form: dict[str, str]) -> None:
    assert is_oauth_error(client.post(REVOKE, data=form), "invalid_request")


def test_scheme_is_case_insensitive(client: Client) -> None:
    caller = sign_up(client)
    headers = {"Authorization": f"bearer {caller.login.access_token}"}

    answer = caller.get("/users/me", headers=headers)

    assert answer.status_code == 200


def test_of_twenty_refreshes_one_succeeds_and_the_family_dies(client: Client) -> None:
    token = sign_up(client).login.refresh_token

    answers = at_once([lambda: refresh(client, token)] * 20)

    granted = [answer for answer in answers if answer.status_code == 200]
    refused = [answer for answer in answers if answer.status_code != 200]
    assert len(granted) <= 1
    assert all(answer.json()["error"] == "invalid_grant" for answer in refused)
    assert all(answer.status_code == 400 for answer in refused)
    for answer in granted:
        assert refresh(client, answer.json()["refresh_token"]).status_code == 400


def test_a_login_that_is_ended_from_many_sides_at_once_ends(client: Client) -> None:
    tokens = [sign_up(client).login.refresh_token]
    for _ in range(3):
        tokens.append(refresh(client, tokens[-1]).json()["refresh_token"])

    used = [partial(refresh, client, token) for token in tokens[:-1] * 4]
    revoked = [partial(client.post, REVOKE, data={"token": token}) for token in tokens * 2]
    answers = at_once([*used, *revoked])

    assert [answer.status_code for answer in answers] == [400] * len(used) + [200] * len(revoked)
    assert refresh(client, tokens[-1]).status_code == 400


def test_a_refresh_during_a_password_change_leaves_no_login(client: Client) -> None:
    caller = sign_up(client)
    body = {"current_password": PHRASE, "new_password": OTHER_PHRASE}
    change = partial(caller.put, "/users/me/password", json=body)

    changed, answer = at_once([change, partial(refresh, client, caller.login.refresh_token)])

    assert changed.status_code == 204
    if answer.status_code == 200:
        assert refresh(client, answer.json()["refresh_token"]).status_code == 400


def test_refreshes_count_as_attempts_of_the_address(
    client: Client, make_client: MakeClient, from_address: FromAddress
) -> None:
    token = sign_up(client).login.refresh_token

    with (
        make_client(AUTH_RATE_LIMIT="6/minute") as app,
        from_address(app, new_address()) as limited,
    ):
        answers = [refresh(limited, token) for _ in range(7)]

    assert answers[0].status_code == 200
    assert is_limited(answers[-1])
