"""One todo: what it holds, who sees it, and how versions guard it."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from httpx2 import Client

from tests.api.support import (
    MALFORMED_IDS,
    TIMESTAMP,
    UNKNOWN_ID,
    UUID7,
    create_todo,
    is_problem,
    locations,
    sign_up,
)

TODO_MEMBERS = {
    "id",
    "title",
    "description",
    "status",
    "priority",
    "due_at",
    "tags",
    "created_at",
    "updated_at",
    "completed_at",
    "version",
}
OPERATIONS = [
    ("GET", "", None),
    ("PATCH", "", {"title": "taken over"}),
    ("DELETE", "", None),
    ("POST", "/complete", None),
    ("POST", "/reopen", None),
]
BAD_MEMBERS: list[tuple[dict[str, Any], str]] = [
    ({"title": ""}, "body.title"),
    ({"title": "   "}, "body.title"),
    ({"title": None}, "body.title"),
    ({"title": 1}, "body.title"),
    ({"title": "é" * 201}, "body.title"),
    ({"title": "a\0b"}, "body.title"),
    ({"description": "é" * 10_001}, "body.description"),
    ({"description": None}, "body.description"),
    ({"description": "a\0b"}, "body.description"),
    ({"status": "closed"}, "body.status"),
    ({"status": None}, "body.status"),
    ({"priority": "MEDIUM"}, "body.priority"),
    ({"priority": 1}, "body.priority"),
    ({"priority": None}, "body.priority"),
    ({"due_at": "2030-01-31"}, "body.due_at"),
    ({"due_at": "2030-01-31T12:00:00"}, "body.due_at"),
    ({"due_at": 1_900_000_000}, "body.due_at"),
    ({"due_at": "1900000000"}, "body.due_at"),
    ({"due_at": "tomorrow"}, "body.due_at"),
    ({"due_at": ""}, "body.due_at"),
    ({"due_at": True}, "body.due_at"),
    ({"due_at": "2030-02-30T12:00:00Z"}, "body.due_at"),
    ({"due_at": "0001-01-01T00:00:00+23:59"}, "body.due_at"),
    ({"tags": None}, "body.tags"),
    ({"tags": "home"}, "body.tags"),
    ({"tags": [str(number) for number in range(21)]}, "body.tags"),
    ({"id": UNKNOWN_ID}, "body.id"),
    ({"version": 2}, "body.version"),
    ({"completed_at": "2030-01-31T12:00:00Z"}, "body.completed_at"),
    ({"titel": "typo"}, "body.titel"),
]


def test_created_todo_has_its_defaults(client: Client) -> None:
    caller = sign_up(client)

    answer = caller.post("/todos", json={"title": "Water the plants"})

    assert answer.status_code == 201
    todo = answer.json()
    assert set(todo) == TODO_MEMBERS
    assert UUID7.fullmatch(todo["id"])
    assert (todo["title"], todo["description"]) == ("Water the plants", "")
    assert (todo["status"], todo["priority"], todo["tags"]) == ("open", "medium", [])
    assert (todo["due_at"], todo["completed_at"]) == (None, None)
    assert TIMESTAMP.fullmatch(todo["created_at"])
    assert TIMESTAMP.fullmatch(todo["updated_at"])


def test_created_todo_is_where_location_says(client: Client) -> None:
    caller = sign_up(client)
    answer = caller.post("/todos", json={"title": "Water the plants"})

    found = caller.client.get(answer.headers["location"], headers=caller.login.headers)

    assert found.json() == answer.json()
    assert found.headers["etag"] == answer.headers["etag"]
    assert answer.headers["etag"].startswith('"')


def test_every_member_is_kept(client: Client) -> None:
    caller = sign_up(client)
    members: dict[str, Any] = {
        "title": "Straße 🐎",
        "description": "line one\nline two",
        "status": "open",
        "priority": "urgent",
        "due_at": "2030-01-31T12:00:00Z",
        "tags": ["garden", "home"],
    }

    todo = create_todo(caller, **members)

    assert {name: todo[name] for name in members} == members
    assert caller.get(f"/todos/{todo['id']}").json() == todo


@pytest.mark.parametrize("priority", ["low", "medium", "high", "urgent"])
def test_every_priority_is_taken(client: Client, priority: str) -> None:
    assert create_todo(sign_up(client), priority=priority)["priority"] == priority


def test_lengths_count_characters(client: Client) -> None:
    todo = create_todo(sign_up(client), title="🐎" * 200, description="🐎" * 10_000)

    assert (len(todo["title"]), len(todo["description"])) == (200, 10_000)


def test_strings_are_stripped(client: Client) -> None:
    todo = create_todo(sign_up(client), title="  a b  ", description=" c\n", tags=[" home "])

    assert (todo["title"], todo["description"], todo["tags"]) == ("a b", "c", ["home"])


@pytest.mark.parametrize(("bad", "location"), BAD_MEMBERS)
def test_bad_member_is_refused_on_create_and_patch(
    client: Client, bad: dict[str, Any], location: str
) -> None:
    caller = sign_up(client)
    todo = create_todo(caller)

    assert locations(caller.post("/todos", json={"title": "Fine"} | bad)) == {location}
    assert locations(caller.patch(f"/todos/{todo['id']}", json=bad)) == {location}
    assert caller.get(f"/todos/{todo['id']}").json() == todo


def test_title_is_required(client: Client) -> None:
    assert locations(sign_up(client).post("/todos", json={})) == {"body.title"}


def test_every_bad_member_is_listed(client: Client) -> None:
    body = {"title": "", "priority": "none", "due_at": 1, "titel": "typo", "tag": "typo"}

    assert locations(sign_up(client).post("/todos", json=body)) == {
        "body.title",
        "body.priority",
        "body.due_at",
        "body.titel",
        "body.tag",
    }


@pytest.mark.parametrize(
    ("sent", "kept"),
    [
        ("2030-01-31T12:00:00+02:00", "2030-01-31T10:00:00Z"),
        ("2030-01-31T23:30:00-01:30", "2030-02-01T01:00:00Z"),
        ("2030-01-31t12:00:00z", "2030-01-31T12:00:00Z"),
    ],
)
def test_due_at_is_kept_in_utc(client: Client, sent: str, kept: str) -> None:
    assert create_todo(sign_up(client), due_at=sent)["due_at"] == kept


def test_due_at_keeps_fractions_of_a_second(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, due_at="2030-01-31T12:00:00.123456Z")

    found = caller.get(f"/todos/{todo['id']}").json()

    assert found["due_at"] == todo["due_at"]
    assert datetime.fromisoformat(found["due_at"]).microsecond == 123456


def test_patch_changes_what_it_names_and_nothing_else(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, description="old", due_at="2030-01-31T12:00:00Z", tags=["a", "b"])

    patched = caller.patch(f"/todos/{todo['id']}", json={"description": "new"}).json()

    assert patched["version"] > todo["version"]
    moved = {"description", "version", "updated_at"}
    assert patched["description"] == "new"
    assert {k: v for k, v in patched.items() if k not in moved} == {
        k: v for k, v in todo.items() if k not in moved
    }
    assert caller.get(f"/todos/{todo['id']}").json() == patched


def test_null_clears_what_is_nullable(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, due_at="2030-01-31T12:00:00Z")

    assert caller.patch(f"/todos/{todo['id']}", json={"due_at": None}).json()["due_at"] is None


def test_empty_patch_is_taken(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, tags=["home"])

    patched = caller.patch(f"/todos/{todo['id']}", json={})

    assert patched.status_code == 200
    assert patched.json()["tags"] == ["home"]


def test_patch_replaces_the_tags(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, tags=["a", "b"])

    replaced = caller.patch(f"/todos/{todo['id']}", json={"tags": ["c", "b"]}).json()
    emptied = caller.patch(f"/todos/{todo['id']}", json={"tags": []}).json()

    assert (replaced["tags"], emptied["tags"]) == (["b", "c"], [])


def test_completed_at_follows_status(client: Client) -> None:
    caller = sign_up(client)
    todo = create_todo(caller, status="done")

    reopened = caller.patch(f"/todos/{todo['id']}", json={"status": "open"}).json()
    done = caller.patch(f"/todos/{todo['id']}", json={"status": "done"}).json()
    retitled = caller.patch(f"/todos/{todo['id']}", json={"title": "b", "status": "done"}).json()

    assert TIMESTAMP.fullmatch(todo["completed_at"])
    assert (reopened["status"], reopened["completed_at"]) == ("open", None)
    assert done["status"] == "done"
    assert TIMESTAMP.fullmatch(done["completed_at"])
    assert retitled["completed_at"] == done["completed_at"]


def test_complete_and_reopen_are_idempotent(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"

    first, second = caller.post(f"{path}/complete"), caller.post(f"{path}/complete")
    reopened, again = caller.post(f"{path}/reopen"), caller.post(f"{path}/reopen")

    assert first.json()["status"] == "done"
    assert TIMESTAMP.fullmatch(first.json()["completed_at"])
    assert (second.status_code, second.json()) == (200, first.json())
    assert (reopened.json()["status"], reopened.json()["completed_at"]) == ("open", None)
    assert (again.status_code, again.json()) == (200, reopened.json())


def test_deleted_todo_is_gone(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller, tags=['home'])['id']}"

    answer = caller.delete(path)

    assert answer.status_code == 204
    assert answer.content == b""
    assert is_problem(caller.get(path), 404)
    assert is_problem(caller.delete(path), 404)


@pytest.mark.parametrize(("method", "suffix", "body"), OPERATIONS)
def test_todo_of_another_user_is_404(
    client: Client, method: str, suffix: str, body: dict[str, str] | None
) -> None:
    owner, stranger = sign_up(client), sign_up(client)
    todo = create_todo(owner)

    answer = stranger.request(method, f"/todos/{todo['id']}{suffix}", json=body)

    assert is_problem(answer, 404)
    assert owner.get(f"/todos/{todo['id']}").json() == todo


@pytest.mark.parametrize("todo_id", [UNKNOWN_ID, *MALFORMED_IDS])
@pytest.mark.parametrize(("method", "suffix", "body"), OPERATIONS)
def test_unknown_and_malformed_ids_are_404(
    client: Client, method: str, suffix: str, body: dict[str, str] | None, todo_id: str
) -> None:
    answer = sign_up(client).request(method, f"/todos/{todo_id}{suffix}", json=body)

    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"


def test_etag_moves_with_every_change_and_only_then(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"
    etags = [caller.get(path).headers["etag"]]

    changes: list[dict[str, Any]] = [
        {"title": "b"},
        {"tags": ["x"]},
        {"tags": []},
        {"status": "done"},
    ]
    for change in changes:
        patched = caller.patch(path, json=change)
        assert caller.get(path).headers["etag"] == patched.headers["etag"]
        etags.append(patched.headers["etag"])
    etags.append(caller.post(f"{path}/reopen").headers["etag"])

    assert len(set(etags)) == len(etags)
    assert not any(etag.startswith("W/") for etag in etags)


@pytest.mark.parametrize(
    "pattern", ["{etag}", "W/{etag}", '"other", {etag}', '"a,b" , W/{etag},', "*"]
)
def test_if_none_match_of_the_present_version_is_304(client: Client, pattern: str) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"
    etag = caller.get(path).headers["etag"]

    answer = caller.get(path, headers={"If-None-Match": pattern.format(etag=etag)})

    assert answer.status_code == 304
    assert answer.content == b""
    assert answer.headers["etag"] == etag
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("header", ['"other"', 'W/"other"', "unreadable", '"open', ""])
def test_if_none_match_of_anything_else_is_200(client: Client, header: str) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"

    assert caller.get(path, headers={"If-None-Match": header}).status_code == 200


@pytest.mark.parametrize("pattern", ["{etag}", '"other", {etag}', '"a,b" ,{etag}', "*"])
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_if_match_of_the_present_version_is_honoured(
    client: Client, method: str, pattern: str
) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"
    header = pattern.format(etag=caller.get(path).headers["etag"])
    body = {"title": "new"} if method == "PATCH" else None

    answer = caller.request(method, path, headers={"If-Match": header}, json=body)

    assert answer.status_code == (200 if method == "PATCH" else 204)


@pytest.mark.parametrize(
    "pattern", ["W/{etag}", '"other"', '"other", W/{etag}', "{etag} junk", "unreadable", '"open']
)
@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_if_match_of_anything_else_is_412(client: Client, method: str, pattern: str) -> None:
    caller = sign_up(client)
    todo = create_todo(caller)
    path = f"/todos/{todo['id']}"
    header = pattern.format(etag=caller.get(path).headers["etag"])
    body = {"title": "new"} if method == "PATCH" else None

    answer = caller.request(method, path, headers={"If-Match": header}, json=body)

    assert is_problem(answer, 412)
    assert caller.get(path).json() == todo


def test_if_match_of_an_earlier_version_is_412(client: Client) -> None:
    caller = sign_up(client)
    path = f"/todos/{create_todo(caller)['id']}"
    stale = {"If-Match": caller.get(path).headers["etag"]}
    caller.patch(path, json={"title": "theirs"})

    assert is_problem(caller.patch(path, json={"title": "mine"}, headers=stale), 412)
    assert is_problem(caller.delete(path, headers=stale), 412)
    assert caller.get(path).json()["title"] == "theirs"


def test_stats_count_the_callers_own_todos(client: Client) -> None:
    caller = sign_up(client)
    past = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    future = (datetime.now(UTC) + timedelta(hours=1)).isoformat()
    create_todo(caller, priority="low", due_at=past)
    create_todo(caller, priority="urgent", due_at=future)
    create_todo(caller, priority="urgent")
    create_todo(caller, priority="high", due_at=past, status="done")
    create_todo(sign_up(client), priority="high")

    assert caller.get("/todos/stats").json() == {
        "open": 3,
        "done": 1,
        "overdue": 1,
        "by_priority": {"low": 1, "medium": 0, "high": 0, "urgent": 2},
    }


def test_stats_of_no_todos_are_zeros(client: Client) -> None:
    assert sign_up(client).get("/todos/stats").json() == {
        "open": 0,
        "done": 0,
        "overdue": 0,
        "by_priority": {"low": 0, "medium": 0, "high": 0, "urgent": 0},
    }
