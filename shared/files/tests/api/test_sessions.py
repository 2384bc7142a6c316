"""Sessions: their cookies, how long they last, and that each ends at once."""

from collections.abc import Sequence
from functools import partial
from http.cookies import Morsel, SimpleCookie

import pytest
from httpx2 import Client, Response

from tests.api.logins import COOKIE, HEADER, LOGIN, LOGOUT, Login, cookie, read_cookie
from tests.api.support import (
    API,
    OTHER_PHRASE,
    PHRASE,
    Caller,
    CountQueries,
    FromAddress,
    Mail,
    MakeClient,
    MakeSuperuser,
    at_once,
    is_limited,
    is_problem,
    later,
    locations,
    log_in,
    mailed_token,
    new_address,
    new_email,
    sign_in,
    sign_in_superuser,
    sign_up,
)

EVERYWHERE = f"{API}/auth/logout-everywhere"
SESSION = f"{API}/auth/session"
CHANGE = {"current_password": PHRASE, "new_password": OTHER_PHRASE}


def only_cookie(answer: Response) -> Morsel[str]:
    (sent,) = answer.headers.get_list("set-cookie")
    (morsel,) = SimpleCookie(sent).values()
    return morsel


def ask(client: Client, login: Login) -> Response:
    return client.get(SESSION, headers=login.headers)


def change_password(caller: Caller) -> Response:
    answer = caller.put("/users/me/password", json=CHANGE)
    caller.client.cookies.clear()
    return answer


def is_expired(answer: Response) -> bool:
    morsel = only_cookie(answer)
    assert (morsel.key, morsel.value, morsel["path"]) == (COOKIE, "", "/")
    return bool(morsel["max-age"] == "0")


def test_login_answers_the_user_and_a_proof(client: Client) -> None:
    caller = sign_up(client)

    answer = log_in(client, caller.email)

    assert answer.status_code == 200
    assert answer.headers["cache-control"] == "no-store"
    assert set(answer.json()) == {"user", "csrf_token"}
    assert answer.json()["user"] == caller.get("/users/me").json()
    assert read_cookie(answer) not in answer.text


def test_cookie_is_for_this_host_and_no_script(client: Client) -> None:
    morsel = only_cookie(log_in(client, sign_up(client).email))

    assert morsel.key == COOKIE
    assert morsel["httponly"] is True
    assert morsel["samesite"].lower() == "lax"
    assert morsel["path"] == "/"
    assert [morsel[name] for name in ("domain", "max-age", "expires", "secure")] == [""] * 4


def test_cookie_is_random_and_of_256_bits(client: Client) -> None:
    email = sign_up(client).email
    tokens = {read_cookie(log_in(client, email)) for _ in range(5)}

    assert len(tokens) == 5
    assert all(len(token) >= 43 for token in tokens)


def test_email_is_compared_case_insensitively(client: Client) -> None:
    assert log_in(client, sign_up(client).email.upper()).status_code == 200


def test_wrong_password_and_unknown_account_look_alike(client: Client) -> None:
    wrong = log_in(client, sign_up(client).email, "not the password")
    unknown = log_in(client, new_email())

    for answer in (wrong, unknown):
        assert is_problem(answer, 401)
        assert answer.headers["www-authenticate"] == "Cookie"
        assert "set-cookie" not in answer.headers
    assert wrong.json() | {"request_id": ""} == unknown.json() | {"request_id": ""}


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({"email": "a@example.com"}, "body.password"),
        ({"password": PHRASE}, "body.email"),
        ({"email": "a@example.com", "password": 1}, "body.password"),
        ({"email": "a\0b", "password": PHRASE}, "body.email"),
        ({"email": "a@example.com", "password": "a\0b"}, "body.password"),
        ({"email": "a@example.com", "password": PHRASE, "remember": True}, "body.remember"),
    ],
)
def test_bad_login_is_refused(client: Client, body: dict[str, object], location: str) -> None:
    assert locations(client.post(LOGIN, json=body)) == {location}


def test_attempts_are_limited(make_client: MakeClient, from_address: FromAddress) -> None:
    with (
        make_client(AUTH_RATE_LIMIT="1/hour") as app,
        from_address(app, new_address()) as client,
    ):
        assert is_problem(log_in(client, new_email()), 401)
        answer = client.post(LOGIN, json={"email": new_email(), "password": PHRASE})

    assert answer.status_code == 429
    assert "set-cookie" not in answer.headers


def test_login_never_takes_the_callers_choice_of_a_session(client: Client) -> None:
    email, planted = sign_up(client).email, "a" * 43
    body = {"email": email, "password": PHRASE}

    answer = client.post(LOGIN, json=body, headers=cookie(planted))
    client.cookies.clear()

    assert read_cookie(answer) != planted
    assert is_problem(client.get(SESSION, headers=cookie(planted)), 401)


def test_login_ends_the_session_before(client: Client) -> None:
    caller = sign_up(client)
    elsewhere = sign_in(client, caller.email)
    body = {"email": caller.email, "password": PHRASE}

    answer = client.post(LOGIN, json=body, headers=cookie(caller.login.token))
    client.cookies.clear()

    assert read_cookie(answer) != caller.login.token
    assert not caller.is_logged_in()
    assert elsewhere.is_logged_in()


def test_login_leaves_the_sessions_of_others_alone(client: Client) -> None:
    caller, other = sign_up(client), sign_up(client)
    body = {"email": caller.email, "password": PHRASE}

    assert client.post(LOGIN, json=body, headers=cookie(other.login.token)).status_code == 200
    client.cookies.clear()

    assert other.is_logged_in()


def test_refused_login_ends_no_session(client: Client) -> None:
    caller = sign_up(client)
    body = {"email": caller.email, "password": OTHER_PHRASE}

    assert client.post(LOGIN, json=body, headers=cookie(caller.login.token)).status_code == 401

    assert caller.is_logged_in()


def test_session_says_whose_it_is(client: Client) -> None:
    caller = sign_up(client)

    answer = ask(client, caller.login)

    assert answer.json() == {
        "user": caller.get("/users/me").json(),
        "csrf_token": caller.login.csrf_token,
    }
    assert answer.headers["cache-control"] == "no-store"
    assert "set-cookie" not in answer.headers


def test_logging_out_ends_the_session_at_once(client: Client) -> None:
    caller = sign_up(client)
    elsewhere = sign_in(client, caller.email)

    answer = client.post(LOGOUT, headers=caller.login.headers)

    assert answer.status_code == 204
    assert answer.headers["cache-control"] == "no-store"
    assert is_expired(answer)
    assert is_problem(ask(client, caller.login), 401)
    assert elsewhere.is_logged_in()


def test_logging_out_everywhere_ends_each_session_of_the_caller(client: Client) -> None:
    caller, stranger = sign_up(client), sign_up(client)
    elsewhere = sign_in(client, caller.email)

    answer = client.post(EVERYWHERE, headers=caller.login.headers)

    assert answer.status_code == 204
    assert is_expired(answer)
    assert not caller.is_logged_in()
    assert not elsewhere.is_logged_in()
    assert stranger.is_logged_in()


@pytest.mark.parametrize("path", [LOGOUT, EVERYWHERE])
def test_logging_out_needs_a_session(client: Client, path: str) -> None:
    assert is_problem(client.post(path), 401)
    assert is_problem(client.post(path, headers=cookie("unknown")), 401)


def test_unused_session_ends(client: Client) -> None:
    caller = sign_up(client)

    with later(seconds=3500):
        assert caller.is_logged_in()
    with later(seconds=3500 + 3601):
        assert not caller.is_logged_in()


def test_session_goes_on_while_it_is_used(client: Client) -> None:
    caller = sign_up(client)

    for minutes in range(50, 700, 50):
        with later(minutes=minutes):
            assert caller.post("/todos", json={"title": "a"}).status_code == 201


def test_session_is_one_query_and_seldom_written_to(
    client: Client, count_queries: CountQueries
) -> None:
    caller = sign_up(client)
    counts = []

    for seconds in (1, 59, 61, 62):
        with later(seconds=seconds), count_queries() as counter:
            caller.get("/users/me")
        counts.append(counter.count)

    assert counts == [1, 1, 2, 1]


def test_session_ends_however_much_it_is_used(client: Client) -> None:
    caller = sign_up(client)
    for minutes in range(50, 720, 50):
        with later(minutes=minutes):
            assert caller.is_logged_in()

    with later(hours=12, seconds=1):
        assert is_problem(ask(client, caller.login), 401)


def test_both_ends_are_settings(make_client: MakeClient) -> None:
    with make_client(SESSION_IDLE_LIMIT="60", SESSION_TIME_LIMIT="90") as client:
        unused, used = sign_up(client), sign_up(client)
        with later(seconds=50):
            assert used.is_logged_in()
        with later(seconds=70):
            assert not unused.is_logged_in()
            assert used.is_logged_in()
        with later(seconds=91):
            assert not used.is_logged_in()


def test_password_change_renews_the_session_and_ends_all_others(client: Client) -> None:
    caller = sign_up(client)
    elsewhere = sign_in(client, caller.email)

    answer = change_password(caller)

    assert answer.status_code == 204
    assert only_cookie(answer)["httponly"] is True
    renewed = read_cookie(answer)
    assert client.get(SESSION, headers=cookie(renewed)).json()["user"]["id"] == caller.id
    assert not caller.is_logged_in()
    assert not elsewhere.is_logged_in()


def test_wrong_current_password_leaves_the_session_as_it_is(client: Client) -> None:
    caller = sign_up(client)
    body = CHANGE | {"current_password": OTHER_PHRASE}

    answer = caller.put("/users/me/password", json=body)

    assert is_problem(answer, 403)
    assert "set-cookie" not in answer.headers
    assert caller.is_logged_in()


def test_password_reset_ends_every_session(client: Client, outbox: Sequence[Mail]) -> None:
    caller = sign_up(client)
    client.post(f"{API}/auth/password-reset", json={"email": caller.email})
    body = {"token": mailed_token(outbox, caller.email), "new_password": OTHER_PHRASE}

    answer = client.post(
        f"{API}/auth/password-reset/confirm", json=body, headers=caller.login.headers
    )

    assert answer.status_code == 204
    assert not caller.is_logged_in()


def test_deactivation_ends_every_session(client: Client, make_superuser: MakeSuperuser) -> None:
    superuser, user = sign_in_superuser(client, make_superuser), sign_up(client)

    superuser.patch(f"/users/{user.id}", json={"is_active": False})
    superuser.patch(f"/users/{user.id}", json={"is_active": True})

    assert is_problem(ask(client, user.login), 401)


def test_sessions_that_end_from_many_sides_at_once_end(client: Client) -> None:
    callers = [sign_up(client)]
    callers += [sign_in(client, callers[0].email) for _ in range(7)]

    answers = at_once(
        [
            partial(client.post, path, headers=caller.login.headers)
            for caller in callers
            for path in (LOGOUT, EVERYWHERE)
        ]
    )

    assert {answer.status_code for answer in answers} <= {204, 401}
    assert any(answer.status_code == 204 for answer in answers)
    assert not any(caller.is_logged_in() for caller in callers)


def test_of_many_password_changes_one_succeeds(client: Client) -> None:
    caller = sign_up(client)
    callers = [caller, *(sign_in(client, caller.email) for _ in range(3))]
    phrases = [f"{OTHER_PHRASE} {number}" for number in range(4)]
    changes = [
        partial(one.put, "/users/me/password", json=CHANGE | {"new_password": phrase})
        for one, phrase in zip(callers, phrases, strict=True)
    ]

    answers = at_once(changes)
    client.cookies.clear()

    assert sorted(answer.status_code for answer in answers) == [204, 401, 401, 401]
    for answer, phrase in zip(answers, phrases, strict=True):
        good = answer.status_code == 204
        assert log_in(client, caller.email, phrase).status_code == (200 if good else 401)


def test_todos_are_made_while_the_password_changes(client: Client) -> None:
    caller = sign_up(client)
    with later(minutes=30):
        create = partial(caller.post, "/todos", json={"title": "a", "tags": ["b"]})
        changed, *made = at_once([partial(change_password, caller), *[create] * 8])

    assert changed.status_code == 204
    assert {answer.status_code for answer in made} <= {201, 401}


def test_browser_keeps_its_session_by_itself(client: Client) -> None:
    email = sign_up(client).email
    proof = client.post(LOGIN, json={"email": email, "password": PHRASE}).json()["csrf_token"]

    created = client.post(f"{API}/todos", json={"title": "a"}, headers={HEADER: proof})
    listed = client.get(f"{API}/todos")
    client.post(LOGOUT, headers={HEADER: proof})

    assert created.status_code == 201
    assert listed.json()["items"] == [created.json()]
    assert COOKIE not in client.cookies
    assert is_problem(client.get(f"{API}/todos"), 401)


def test_limit_is_told(make_client: MakeClient, from_address: FromAddress) -> None:
    with (
        make_client(AUTH_RATE_LIMIT="1/minute") as app,
        from_address(app, new_address()) as client,
    ):
        log_in(client, new_email())
        assert is_limited(log_in(client, new_email()))
