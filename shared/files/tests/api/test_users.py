"""The caller's own account, and what superusers may do."""

from functools import partial

import pytest
from httpx2 import Client

from tests.api import logins
from tests.api.support import (
    MALFORMED_IDS,
    OTHER_PHRASE,
    PHRASE,
    UNKNOWN_ID,
    Mail,
    MakeSuperuser,
    at_once,
    create_todo,
    is_problem,
    locations,
    log_in,
    mailed_token,
    new_email,
    pages,
    register,
    sign_in,
    sign_in_superuser,
    sign_up,
)


def test_me_is_the_caller(client: Client) -> None:
    caller = sign_up(client)

    user = caller.get("/users/me").json()

    assert (user["id"], user["email"]) == (caller.id, caller.email)


def test_patch_changes_what_it_names_and_nothing_else(client: Client) -> None:
    caller = sign_up(client)

    named = caller.patch("/users/me", json={"full_name": " Ada "}).json()
    untouched = caller.patch("/users/me", json={}).json()
    cleared = caller.patch("/users/me", json={"full_name": None}).json()

    assert (named["full_name"], named["email"]) == ("Ada", caller.email)
    assert untouched["full_name"] == "Ada"
    assert cleared["full_name"] is None


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"email": None}, "body.email"),
        ({"email": "ada"}, "body.email"),
        ({"full_name": "é" * 201}, "body.full_name"),
        ({"full_name": "a\0b"}, "body.full_name"),
        ({"full_name": 1}, "body.full_name"),
        ({"is_superuser": True}, "body.is_superuser"),
        ({"id": UNKNOWN_ID}, "body.id"),
        ({"password": OTHER_PHRASE}, "body.password"),
    ],
)
def test_bad_patch_is_refused(client: Client, body: dict[str, object], location: str) -> None:
    assert locations(sign_up(client).patch("/users/me", json=body)) == {location}


def test_email_of_another_user_is_refused_in_any_case(client: Client) -> None:
    caller, other = sign_up(client), sign_up(client)

    assert is_problem(caller.patch("/users/me", json={"email": other.email.upper()}), 409)
    assert caller.get("/users/me").json()["email"] == caller.email


def test_own_email_in_another_case_is_taken(client: Client) -> None:
    caller = sign_up(client)

    answer = caller.patch("/users/me", json={"email": caller.email.upper()})

    assert answer.status_code == 200


def test_new_email_signs_in_and_has_to_be_verified(client: Client, outbox: list[Mail]) -> None:
    caller, email = sign_up(client), new_email()
    stale = mailed_token(outbox, caller.email)
    caller.client.post("/api/v1/auth/verify-email", json={"token": stale})

    user = caller.patch("/users/me", json={"email": email}).json()

    assert (user["email"], user["email_verified"]) == (email, False)
    assert log_in(client, email).status_code == 200
    assert log_in(client, caller.email).status_code == logins.REFUSED


def change_body(current: str, new: str) -> dict[str, str]:
    return {"current_password": current, "new_password": new}


def test_password_change_ends_every_session(client: Client) -> None:
    caller = sign_up(client)
    elsewhere = sign_in(client, caller.email)

    answer = caller.put("/users/me/password", json=change_body(PHRASE, OTHER_PHRASE))

    assert answer.status_code == 204
    assert answer.content == b""
    assert not caller.is_logged_in()
    assert not elsewhere.is_logged_in()
    assert log_in(client, caller.email, PHRASE).status_code == logins.REFUSED
    assert log_in(client, caller.email, OTHER_PHRASE).status_code == 200


def test_login_during_a_password_change_does_not_survive_it(client: Client) -> None:
    caller = sign_up(client)
    change = partial(caller.put, "/users/me/password", json=change_body(PHRASE, OTHER_PHRASE))

    changed, *begun = at_once([change, *[partial(log_in, client, caller.email)] * 4])

    assert changed.status_code == 204
    assert {answer.status_code for answer in begun} <= {200, logins.REFUSED}
    started = [logins.read_login(answer) for answer in begun if answer.status_code == 200]
    assert not any(logins.goes_on(client, login) for login in started)


def test_wrong_current_password_is_403(client: Client) -> None:
    caller = sign_up(client)

    answer = caller.put("/users/me/password", json=change_body(f" {PHRASE}", OTHER_PHRASE))

    assert is_problem(answer, 403)
    assert caller.is_logged_in()


@pytest.mark.parametrize("password", ["x" * 11, "x" * 129])
def test_new_password_keeps_the_rule(client: Client, password: str) -> None:
    answer = sign_up(client).put("/users/me/password", json=change_body(PHRASE, password))

    assert locations(answer) == {"body.new_password"}


def test_deleted_user_is_gone_with_all_rows(client: Client) -> None:
    caller, other = sign_up(client), sign_up(client)
    create_todo(caller, tags=["home"])
    kept = create_todo(other, tags=["home"])
    caller.post("/todos/exports")

    assert caller.delete("/users/me").status_code == 204

    assert is_problem(caller.get("/users/me"), 401)
    assert log_in(client, caller.email).status_code == logins.REFUSED
    assert not caller.is_logged_in()
    assert other.get(f"/todos/{kept['id']}").json() == kept
    again = sign_up(client, caller.email)
    assert again.id != caller.id
    assert again.get("/todos").json()["items"] == []
    assert again.get("/tags").json()["items"] == []


def test_superuser_lists_users_newest_first(client: Client, make_superuser: MakeSuperuser) -> None:
    superuser = sign_in_superuser(client, make_superuser)
    ids = [register(client, new_email()).json()["id"] for _ in range(4)]

    listed = [user["id"] for page in pages(superuser, "/users", limit=2) for user in page]

    assert listed == [*reversed(ids), superuser.id]


def test_only_superusers_list_users(client: Client) -> None:
    assert is_problem(sign_up(client).get("/users"), 403)


def test_only_superusers_change_users(client: Client) -> None:
    caller = sign_up(client)

    assert is_problem(caller.patch(f"/users/{caller.id}", json={"is_superuser": True}), 403)
    assert caller.get("/users/me").json()["is_superuser"] is False


def test_user_can_be_made_a_superuser(client: Client, make_superuser: MakeSuperuser) -> None:
    superuser, user = sign_in_superuser(client, make_superuser), sign_up(client)

    answer = superuser.patch(f"/users/{user.id}", json={"is_superuser": True})

    assert answer.status_code == 200
    assert answer.json()["is_superuser"] is True
    assert answer.json()["is_active"] is True
    assert user.get("/users").status_code == 200


def test_deactivated_user_is_logged_out_at_once(
    client: Client, make_superuser: MakeSuperuser
) -> None:
    superuser, user = sign_in_superuser(client, make_superuser), sign_up(client)

    answer = superuser.patch(f"/users/{user.id}", json={"is_active": False})

    assert answer.json()["is_active"] is False
    assert is_problem(user.get("/users/me"), 401)
    assert not user.is_logged_in()
    assert log_in(client, user.email).status_code == logins.REFUSED
    superuser.patch(f"/users/{user.id}", json={"is_active": True})
    assert not user.is_logged_in()
    assert sign_in(client, user.email).id == user.id


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"is_active": None}, "body.is_active"),
        ({"is_active": "no"}, "body.is_active"),
        ({"is_superuser": 1}, "body.is_superuser"),
        ({"email": "a@example.com"}, "body.email"),
    ],
)
def test_bad_change_of_a_user_is_refused(
    client: Client, make_superuser: MakeSuperuser, body: dict[str, object], location: str
) -> None:
    superuser = sign_in_superuser(client, make_superuser)

    assert locations(superuser.patch(f"/users/{superuser.id}", json=body)) == {location}


@pytest.mark.parametrize("user_id", [UNKNOWN_ID, *MALFORMED_IDS])
def test_unknown_user_is_404(client: Client, make_superuser: MakeSuperuser, user_id: str) -> None:
    superuser = sign_in_superuser(client, make_superuser)

    assert superuser.patch(f"/users/{user_id}", json={"is_active": True}).status_code == 404
