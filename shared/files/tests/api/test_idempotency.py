"""Idempotency-Key on creating todos."""

from functools import partial
from uuid import uuid4

import pytest
from httpx2 import Client, Response

from tests.api.support import Caller, at_once, later, locations, sign_in, sign_up, titles

BODY = {"title": "Water the plants", "tags": ["home"]}


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def create(caller: Caller, key: str, body: object = BODY) -> Response:
    return caller.post("/todos", json=body, headers={"Idempotency-Key": key})


def assert_same(first: Response, second: Response) -> None:
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.content == second.content
    for name in ("location", "etag", "content-type"):
        assert first.headers[name] == second.headers[name]


def test_same_key_and_body_give_the_first_answer_again(caller: Caller) -> None:
    key = str(uuid4())

    assert_same(create(caller, key), create(caller, key))
    assert titles(caller.get("/todos")) == [BODY["title"]]


def test_first_answer_survives_a_change(caller: Caller) -> None:
    first = create(caller, "k")
    path = f"/todos/{first.json()['id']}"
    caller.patch(path, json={"title": "changed"})

    assert_same(first, create(caller, "k"))
    assert caller.get(path).json()["title"] == "changed"


def test_first_answer_survives_deletion(caller: Caller) -> None:
    first = create(caller, "k")
    caller.delete(f"/todos/{first.json()['id']}")

    assert_same(first, create(caller, "k"))
    assert titles(caller.get("/todos")) == []


def test_key_with_another_body_is_refused(caller: Caller) -> None:
    first = create(caller, "k")

    answer = create(caller, "k", BODY | {"title": "other"})

    assert locations(answer) == {"header.Idempotency-Key"}
    assert titles(caller.get("/todos")) == [BODY["title"]]
    assert_same(first, create(caller, "k"))


def test_refused_request_does_not_use_the_key_up(caller: Caller) -> None:
    assert locations(create(caller, "k", {"title": ""})) == {"body.title"}

    assert create(caller, "k").status_code == 201


def test_other_keys_and_no_key_make_other_todos(caller: Caller) -> None:
    ids = {create(caller, key).json()["id"] for key in ("a", "b", "A")}
    ids |= {caller.post("/todos", json=BODY).json()["id"] for _ in range(2)}

    assert len(ids) == 5


def test_key_belongs_to_its_user(client: Client, caller: Caller) -> None:
    other = sign_up(client)

    assert create(caller, "k").json()["id"] != create(other, "k").json()["id"]


@pytest.mark.parametrize("key", ["k", "x" * 255])
def test_key_of_1_to_255_characters_is_taken(caller: Caller, key: str) -> None:
    assert_same(create(caller, key), create(caller, key))


@pytest.mark.parametrize("key", ["", "x" * 256])
def test_other_keys_are_refused(caller: Caller, key: str) -> None:
    assert locations(create(caller, key)) == {"header.Idempotency-Key"}
    assert titles(caller.get("/todos")) == []


def test_key_is_good_for_24_hours(client: Client, caller: Caller) -> None:
    first = create(caller, "k")

    with later(hours=23, minutes=59):
        assert_same(first, create(sign_in(client, caller.email), "k"))
    with later(hours=24, minutes=1):
        second = create(sign_in(client, caller.email), "k")

    assert second.status_code == 201
    assert second.json()["id"] != first.json()["id"]


def test_of_twenty_creates_at_once_one_makes_the_todo(caller: Caller) -> None:
    answers = at_once([lambda: create(caller, "k")] * 20)

    for answer in answers[1:]:
        assert_same(answers[0], answer)
    assert titles(caller.get("/todos")) == [BODY["title"]]


def test_of_two_bodies_at_once_one_is_refused(caller: Caller) -> None:
    bodies = (BODY, BODY | {"title": "other"})

    answers = at_once([partial(create, caller, "k", body) for body in bodies])

    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert len(titles(caller.get("/todos"))) == 1
