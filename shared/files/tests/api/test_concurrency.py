"""Simultaneous requests: nothing is lost, nothing happens twice."""

from functools import partial

from httpx2 import Client

from tests.api.support import (
    OTHER_PHRASE,
    PHRASE,
    at_once,
    create_todo,
    log_in,
    new_email,
    register,
    sign_up,
)


def test_of_many_registrations_one_succeeds(client: Client) -> None:
    email = new_email()

    answers = at_once([lambda: register(client, email)] * 8)

    assert sorted(answer.status_code for answer in answers) == [201] + [409] * 7
    assert log_in(client, email).status_code == 200


def test_patches_of_different_members_all_survive(client: Client) -> None:
    caller = sign_up(client)
    changes: list[dict[str, object]] = [
        {"title": "new title"},
        {"description": "new description"},
        {"priority": "urgent"},
        {"due_at": "2030-01-31T12:00:00Z"},
        {"tags": ["a", "b"]},
        {"status": "done"},
    ]

    for _ in range(3):
        todo = create_todo(caller)
        path = f"/todos/{todo['id']}"
        answers = at_once([partial(caller.patch, path, json=change) for change in changes])

        assert [answer.status_code for answer in answers] == [200] * len(changes)
        found = caller.get(path).json()
        for change in changes:
            assert {name: found[name] for name in change} == change
        assert len({answer.headers["etag"] for answer in answers}) == len(changes)


def test_of_patches_with_one_etag_one_succeeds(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"
    guard = {"If-Match": caller.get(path).headers["etag"]}

    answers = at_once(
        [
            partial(caller.patch, path, json={"title": f"{number}"}, headers=guard)
            for number in range(8)
        ]
    )

    assert sorted(answer.status_code for answer in answers) == [200] + [412] * 7
    winner = next(answer for answer in answers if answer.status_code == 200)
    assert caller.get(path).json() == winner.json()


def test_new_tag_of_many_todos_is_made_once(client: Client) -> None:
    caller = sign_up(client)

    answers = at_once(
        [
            partial(caller.post, "/todos", json={"title": f"{number}", "tags": ["b", "a"]})
            for number in range(8)
        ]
    )

    assert [answer.status_code for answer in answers] == [201] * 8
    assert caller.get("/tags").json()["items"] == [
        {"name": "a", "todo_count": 8},
        {"name": "b", "todo_count": 8},
    ]


def test_todos_take_a_new_tag_while_the_password_changes(client: Client) -> None:
    body = {"current_password": PHRASE, "new_password": OTHER_PHRASE}

    for _ in range(4):
        caller = sign_up(client)
        change = partial(caller.put, "/users/me/password", json=body)
        create = partial(caller.post, "/todos", json={"title": "a", "tags": ["b"]})
        changed, *made = at_once([change, *[create] * 8])
        client.cookies.clear()

        assert changed.status_code == 204
        assert {answer.status_code for answer in made} <= {201, 401}


def test_a_tag_is_renamed_while_a_todo_takes_it(client: Client) -> None:
    caller = sign_up(client)

    for number in range(12):
        name = f"tag {number}"
        path = f"/todos/{create_todo(caller, tags=[name])['id']}"
        rename = partial(caller.patch, f"/tags/{name}", json={"name": f"new {name}"})
        take = partial(caller.patch, path, json={"tags": [name]})

        assert [answer.status_code for answer in at_once([take, rename])] == [200, 200]


def test_tags_of_the_same_todos_are_renamed_at_once(client: Client) -> None:
    caller = sign_up(client)
    names = [f"{letter}{number}" for number in range(3) for letter in "abcd"]
    todos = [create_todo(caller, tags=names[::step]) for step in (1, -1) * 4]

    answers = at_once(
        [partial(caller.patch, f"/tags/{name}", json={"name": f"new {name}"}) for name in names]
    )

    assert {answer.status_code for answer in answers} == {200}
    for todo in todos:
        found = caller.get(f"/todos/{todo['id']}").json()
        assert found["tags"] == sorted(f"new {name}" for name in names)


def test_of_many_deletions_one_succeeds(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"

    answers = at_once([lambda: caller.delete(path)] * 8)

    assert sorted(answer.status_code for answer in answers) == [204] + [404] * 7


def test_completing_at_once_is_idempotent(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"

    answers = at_once([lambda: caller.post(f"{path}/complete")] * 8)

    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.content for answer in answers}) == 1
