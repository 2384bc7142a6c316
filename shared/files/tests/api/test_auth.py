"""Registration, and who is let in."""

import pytest
from httpx2 import Client

from tests.api import logins
from tests.api.support import (
    API,
    PHRASE,
    TIMESTAMP,
    UUID7,
    is_problem,
    locations,
    log_in,
    new_email,
    register,
)

USER_MEMBERS = {
    "id",
    "email",
    "full_name",
    "email_verified",
    "is_active",
    "is_superuser",
    "created_at",
    "updated_at",
}
AUTHENTICATED = [
    ("GET", "/users/me"),
    ("PATCH", "/users/me"),
    ("PUT", "/users/me/password"),
    ("DELETE", "/users/me"),
    ("GET", "/users"),
    ("GET", "/todos"),
    ("POST", "/todos"),
    ("GET", "/todos/stats"),
    ("POST", "/todos/exports"),
    ("GET", "/tags"),
]


def test_register_answers_the_user_and_never_a_hash(client: Client) -> None:
    email = new_email()

    answer = register(client, email, full_name="Ada Lovelace")

    assert answer.status_code == 201
    user = answer.json()
    assert set(user) == USER_MEMBERS
    assert user["email"] == email
    assert user["full_name"] == "Ada Lovelace"
    assert (user["email_verified"], user["is_active"], user["is_superuser"]) == (False, True, False)
    assert UUID7.fullmatch(user["id"])
    assert TIMESTAMP.fullmatch(user["created_at"])
    assert TIMESTAMP.fullmatch(user["updated_at"])


def test_full_name_is_null_unless_given(client: Client) -> None:
    assert register(client, new_email()).json()["full_name"] is None
    assert register(client, new_email(), full_name=None).json()["full_name"] is None


def test_taken_email_is_refused_in_any_case(client: Client) -> None:
    email = new_email()
    register(client, email)

    assert is_problem(register(client, email), 409)
    assert is_problem(register(client, email.upper()), 409)


def test_email_is_stripped(client: Client) -> None:
    email = new_email()

    assert register(client, f" {email} ").json()["email"] == email


@pytest.mark.parametrize(
    "password", ["x" * 12, "x" * 128, "é" * 12, "é" * 128, "🐎" * 12, " " * 12, "a b c d e f g"]
)
def test_any_password_of_12_to_128_characters_will_do(client: Client, password: str) -> None:
    email = new_email()

    assert register(client, email, password).status_code == 201
    assert log_in(client, email, password).status_code == 200


@pytest.mark.parametrize("password", ["", "x" * 11, "x" * 129, "é" * 11, "with a \0 inside"])
def test_other_passwords_are_refused(client: Client, password: str) -> None:
    answer = register(client, new_email(), password)

    assert locations(answer) == {"body.password"}


def test_refusal_never_repeats_the_password(client: Client) -> None:
    assert "hunter2" not in register(client, new_email(), "hunter2").text


def test_password_is_not_stripped(client: Client) -> None:
    email, padded = new_email(), f"  {PHRASE}  "
    register(client, email, padded)

    assert log_in(client, email, padded).status_code == 200
    assert log_in(client, email, PHRASE).status_code == logins.REFUSED


def test_full_name_has_at_most_200_characters(client: Client) -> None:
    assert register(client, new_email(), full_name="é" * 200).status_code == 201
    assert locations(register(client, new_email(), full_name="é" * 201)) == {"body.full_name"}


@pytest.mark.parametrize("email", ["", "ada", "ada@", "@example.com", "a b@example.com"])
def test_malformed_email_is_refused(client: Client, email: str) -> None:
    assert locations(register(client, email)) == {"body.email"}


def test_every_bad_member_is_listed(client: Client) -> None:
    answer = client.post(
        f"{API}/auth/register", json={"email": "ada", "full_name": 1, "fullname": "Ada"}
    )

    assert locations(answer) == {
        "body.email",
        "body.password",
        "body.full_name",
        "body.fullname",
    }


@pytest.mark.parametrize(("method", "path"), AUTHENTICATED)
def test_request_without_a_login_is_401(client: Client, method: str, path: str) -> None:
    answer = client.request(method, f"{API}{path}")

    if answer.status_code != 415:  # A body may be judged before its sender.
        assert is_problem(answer, 401)
        assert answer.headers["www-authenticate"] == logins.SCHEME


@pytest.mark.parametrize("sent", logins.BAD_CREDENTIALS)
def test_bad_credentials_are_401(client: Client, sent: dict[str, str]) -> None:
    headers = [(name.encode(), value.encode()) for name, value in sent.items()]

    answer = client.get(f"{API}/users/me", headers=headers)

    assert is_problem(answer, 401)
    assert answer.headers["www-authenticate"] == logins.SCHEME


@pytest.mark.parametrize(
    "path", ["register", "verify-email", "password-reset", "password-reset/confirm"]
)
def test_unknown_members_are_refused(client: Client, path: str) -> None:
    answer = client.post(f"{API}/auth/{path}", json={"surprise": 1})

    assert "body.surprise" in locations(answer)
