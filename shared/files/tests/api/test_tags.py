"""Tags: on todos, renamed, deleted."""

from urllib.parse import quote

import pytest
from httpx2 import Client

from tests.api.support import (
    Caller,
    CountQueries,
    create_todo,
    is_problem,
    locations,
    pages,
    sign_up,
)

ODD_NAMES = ["a b", "100%", "a?b#c", "ümlaut", "🐎", "a;b", "a.b", "'", '"', "\\", "stats"]


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def path(name: str) -> str:
    return f"/tags/{quote(name, safe='')}"


def counts(caller: Caller) -> dict[str, int]:
    items = caller.get("/tags", params={"limit": 100}).json()["items"]
    return {item["name"]: item["todo_count"] for item in items}


def test_tags_are_listed_by_name_with_their_counts(client: Client, caller: Caller) -> None:
    create_todo(caller, tags=["home", "garden"])
    create_todo(caller, tags=["home"])
    create_todo(sign_up(client), tags=["home"])

    assert caller.get("/tags").json() == {
        "items": [{"name": "garden", "todo_count": 1}, {"name": "home", "todo_count": 2}],
        "next_cursor": None,
    }


def test_tags_come_in_pages(caller: Caller) -> None:
    names = ["A", "a", "b", "c", "ä"]
    create_todo(caller, tags=names)

    found = [[tag["name"] for tag in page] for page in pages(caller, "/tags", limit=2)]

    assert found == [["A", "a"], ["b", "c"], ["ä"]]


@pytest.mark.parametrize("limit", ["-1", "0", "101"])
def test_bad_limit_is_refused(caller: Caller, limit: str) -> None:
    assert locations(caller.get("/tags", params={"limit": limit})) == {"query.limit"}


def test_list_takes_one_query(caller: Caller, count_queries: CountQueries) -> None:
    for number in range(4):
        create_todo(caller, tags=[f"{number}", "all"])
    with count_queries() as authentication:
        caller.get("/users/me")

    with count_queries() as tags:
        caller.get("/tags")

    assert tags.count == authentication.count + 1


def test_duplicates_are_merged_before_counting(caller: Caller) -> None:
    names = [f"{number:02}" for number in range(20)]

    todo = create_todo(caller, tags=[*names, *names, " 00 "])

    assert todo["tags"] == names


@pytest.mark.parametrize(
    "name", ["", "  ", "x" * 51, "a/b", "a\nb", "a\tb", "a\0b", "a\x7fb", "a\x1fb", "a\x85b"]
)
def test_bad_names_are_refused(caller: Caller, name: str) -> None:
    create_todo(caller, tags=["home"])

    created = caller.post("/todos", json={"title": "Fine", "tags": ["good", name]})
    renamed = caller.patch("/tags/home", json={"name": name})

    assert locations(created) == {"body.tags.1"}
    assert locations(renamed) == {"body.name"}
    assert counts(caller) == {"home": 1}


@pytest.mark.parametrize("name", ["x", "x" * 50, "🐎" * 50, *ODD_NAMES])
def test_other_names_are_taken_everywhere(caller: Caller, name: str) -> None:
    todo = create_todo(caller, tags=[name])

    assert todo["tags"] == [name]
    assert caller.get("/todos", params={"tag": name}).json()["items"] == [todo]
    renamed = caller.patch(path(name), json={"name": "plain"})
    assert renamed.json() == {"name": "plain", "todo_count": 1}
    assert caller.patch(path("plain"), json={"name": name}).status_code == 200
    assert caller.delete(path(name)).status_code == 204


def test_case_and_accents_make_other_tags(caller: Caller) -> None:
    names = ["Home", "cafe", "café", "home", "ss", "ß"]

    assert create_todo(caller, tags=names)["tags"] == names
    assert counts(caller) == dict.fromkeys(names, 1)


def test_rename_shows_on_every_todo(caller: Caller) -> None:
    todos = [create_todo(caller, tags=["home", f"{number}"]) for number in range(2)]

    answer = caller.patch("/tags/home", json={"name": " house "})

    assert answer.status_code == 200
    assert answer.json() == {"name": "house", "todo_count": 2}
    for number, todo in enumerate(todos):
        assert caller.get(f"/todos/{todo['id']}").json()["tags"] == [f"{number}", "house"]
    assert caller.get("/todos", params={"tag": "home"}).json()["items"] == []


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_etags_of_the_todos_change_with_the_tag(caller: Caller, method: str) -> None:
    tagged, other = create_todo(caller, tags=["home"]), create_todo(caller, tags=["work"])
    before = {
        todo["id"]: caller.get(f"/todos/{todo['id']}").headers["etag"] for todo in (tagged, other)
    }

    caller.request(method, "/tags/home", json={"name": "house"} if method == "PATCH" else None)

    after = {todo_id: caller.get(f"/todos/{todo_id}").headers["etag"] for todo_id in before}
    assert after[tagged["id"]] != before[tagged["id"]]
    assert after[other["id"]] == before[other["id"]]
    stale = {"If-Match": before[tagged["id"]]}
    assert is_problem(caller.delete(f"/todos/{tagged['id']}", headers=stale), 412)


def test_rename_to_itself_and_to_another_case(caller: Caller) -> None:
    create_todo(caller, tags=["home"])

    same = caller.patch("/tags/home", json={"name": "home"})
    other_case = caller.patch("/tags/home", json={"name": "Home"})

    assert (same.status_code, same.json()) == (200, {"name": "home", "todo_count": 1})
    assert (other_case.status_code, counts(caller)) == (200, {"Home": 1})


def test_rename_to_a_taken_name_is_409(caller: Caller) -> None:
    create_todo(caller, tags=["home"])
    create_todo(caller, tags=["work"])

    assert is_problem(caller.patch("/tags/home", json={"name": "work"}), 409)
    assert counts(caller) == {"home": 1, "work": 1}


def test_unknown_member_of_a_rename_is_refused(caller: Caller) -> None:
    create_todo(caller, tags=["home"])

    answer = caller.patch("/tags/home", json={"name": "house", "color": "red"})

    assert locations(answer) == {"body.color"}
    assert locations(caller.patch("/tags/home", json={})) == {"body.name"}


def test_deleted_tag_is_taken_off_every_todo(caller: Caller) -> None:
    todo = create_todo(caller, tags=["home", "work"])

    answer = caller.delete("/tags/home")

    assert answer.status_code == 204
    assert answer.content == b""
    assert caller.get(f"/todos/{todo['id']}").json()["tags"] == ["work"]
    assert counts(caller) == {"work": 1}
    assert is_problem(caller.delete("/tags/home"), 404)


@pytest.mark.parametrize("name", ["unknown", "HOME", "home ", "%00", "%FF", "x" * 300])
def test_unknown_tag_is_404(caller: Caller, name: str) -> None:
    create_todo(caller, tags=["home"])

    assert caller.patch(f"/tags/{name}", json={"name": "new"}).status_code == 404
    assert caller.delete(f"/tags/{name}").status_code == 404
    assert counts(caller) == {"home": 1}


def test_tags_of_another_user_are_404(client: Client, caller: Caller) -> None:
    create_todo(caller, tags=["home"])
    stranger = sign_up(client)

    assert is_problem(stranger.patch("/tags/home", json={"name": "mine"}), 404)
    assert is_problem(stranger.delete("/tags/home"), 404)
    assert counts(caller) == {"home": 1}


def test_count_follows_the_todos(caller: Caller) -> None:
    kept = create_todo(caller, tags=["home"])
    gone = create_todo(caller, tags=["home"])

    caller.delete(f"/todos/{gone['id']}")
    assert counts(caller)["home"] == 1
    caller.patch(f"/todos/{kept['id']}", json={"tags": []})
    assert counts(caller).get("home", 0) == 0
