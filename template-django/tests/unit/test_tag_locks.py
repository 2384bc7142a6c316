"""Tags of the same todos that change at once wait for each other, and nobody is turned away."""

from functools import partial

from httpx2 import Client

from tests.api.support import at_once, create_todo, sign_up

NAMES = ["a", "b", "c", "d"]


def test_renaming_tags_of_the_same_todos_at_once(client: Client) -> None:
    caller = sign_up(client)
    todos = [create_todo(caller, f"{number}", tags=NAMES) for number in range(8)]

    renames = [
        partial(caller.patch, f"/tags/{name}", json={"name": f"new-{name}"}) for name in NAMES
    ]
    answers = at_once(renames)

    assert [answer.status_code for answer in answers] == [200] * len(NAMES)
    for todo in todos:
        found = caller.get(f"/todos/{todo['id']}").json()
        assert found["tags"] == [f"new-{name}" for name in NAMES]
        assert found["version"] == todo["version"] + len(NAMES)


def test_renaming_a_tag_while_todos_take_and_lose_it(client: Client) -> None:
    caller = sign_up(client)
    todos = [create_todo(caller, tags=["a", "b"])["id"] for _ in range(4)]
    changes = [partial(caller.patch, f"/todos/{id}", json={"tags": ["b", "c"]}) for id in todos]

    answers = at_once([*changes, partial(caller.patch, "/tags/a", json={"name": "z"})])

    assert {answer.status_code for answer in answers} == {200}
    for id in todos:
        assert caller.get(f"/todos/{id}").json()["tags"] == ["b", "c"]
