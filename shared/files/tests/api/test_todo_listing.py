"""Lists of todos: pages, cursors, filters, sort."""

from collections.abc import Iterator
from typing import Any

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
    titles,
)

SORTS = ["created_at", "updated_at", "due_at", "priority", "title"]
BOTH_WAYS = [*SORTS, *(f"-{sort}" for sort in SORTS)]


@pytest.fixture
def caller(client: Client) -> Caller:
    return sign_up(client)


def listed(caller: Caller, **params: Any) -> list[str]:
    return titles(caller.get("/todos", params=params))


def walk(caller: Caller, **params: Any) -> Iterator[list[str]]:
    for items in pages(caller, "/todos", **params):
        yield [item["title"] for item in items]


def next_cursor(caller: Caller, **params: Any) -> str:
    cursor: str = caller.get("/todos", params={"limit": 1, **params}).json()["next_cursor"]
    return cursor


def create_mixed(caller: Caller, count: int) -> list[str]:
    """Create todos with many ties in every sortable member; return their titles."""
    names = [f"{number % 3}-{number:02}" for number in range(count)]
    for number, name in enumerate(names):
        create_todo(
            caller,
            name,
            priority=("low", "medium", "high", "urgent")[number % 4],
            due_at=None if number % 3 == 0 else f"2030-01-0{number % 2 + 1}T00:00:00Z",
        )
    return names


def test_list_of_nothing_is_an_empty_page(caller: Caller) -> None:
    assert caller.get("/todos").json() == {"items": [], "next_cursor": None}


def test_list_holds_whole_todos_of_the_caller_alone(client: Client, caller: Caller) -> None:
    create_todo(sign_up(client))
    todo = create_todo(caller, tags=["b", "a"])

    assert caller.get("/todos").json()["items"] == [todo]


def test_newest_come_first_and_20_make_a_page(caller: Caller) -> None:
    names = [create_todo(caller, f"{number}")["title"] for number in range(21)]

    assert list(walk(caller)) == [list(reversed(names[1:])), names[:1]]


def test_full_last_page_has_no_cursor(caller: Caller) -> None:
    create_mixed(caller, 4)

    assert [len(page) for page in walk(caller, limit=2)] == [2, 2]


@pytest.mark.parametrize("limit", ["1", "100"])
def test_limit_is_1_to_100(caller: Caller, limit: str) -> None:
    assert caller.get("/todos", params={"limit": limit}).status_code == 200


@pytest.mark.parametrize("limit", ["-1", "0", "101", "many", "", "1.5", "9" * 5000])
def test_other_limits_are_refused(caller: Caller, limit: str) -> None:
    assert locations(caller.get("/todos", params={"limit": limit})) == {"query.limit"}


@pytest.mark.parametrize("sort", BOTH_WAYS)
def test_pages_of_every_sort_join_to_the_whole_list(caller: Caller, sort: str) -> None:
    names = create_mixed(caller, 11)

    joined = [name for page in walk(caller, sort=sort, limit=2) for name in page]

    assert joined == listed(caller, sort=sort, limit=100)
    assert sorted(joined) == sorted(names)


@pytest.mark.parametrize("sort", BOTH_WAYS)
def test_nothing_is_skipped_or_repeated_under_changes(caller: Caller, sort: str) -> None:
    create_mixed(caller, 12)
    todos = {item["title"]: item["id"] for item in caller.get("/todos").json()["items"]}
    seen: list[str] = []
    deleted: set[str] = set()

    for number, page in enumerate(walk(caller, sort=sort, limit=3)):
        seen += page
        if number < 3:
            create_todo(caller, f"new-{number}", due_at="2030-01-01T12:00:00Z")
            last = next(name for name in reversed(seen) if name in todos and name not in deleted)
            ahead = next(name for name in todos if name not in seen and name not in deleted)
            for name in (last, ahead):
                caller.delete(f"/todos/{todos[name]}")
                deleted.add(name)

    assert len(seen) == len(set(seen))
    assert set(todos) - deleted <= set(seen)


def test_priority_sorts_by_rank(caller: Caller) -> None:
    for priority in ("high", "low", "urgent", "medium"):
        create_todo(caller, priority, priority=priority)

    assert listed(caller, sort="priority") == ["low", "medium", "high", "urgent"]
    assert listed(caller, sort="-priority") == ["urgent", "high", "medium", "low"]


def test_due_at_puts_nulls_last_either_way(caller: Caller) -> None:
    for name, due_at in (("none", None), ("late", "2031-01-01T00:00:00Z")):
        create_todo(caller, name, due_at=due_at)
    create_todo(caller, "early", due_at="2030-01-01T00:00:00Z")

    assert listed(caller, sort="due_at") == ["early", "late", "none"]
    assert listed(caller, sort="-due_at") == ["late", "early", "none"]
    assert list(walk(caller, sort="-due_at", limit=1)) == [["late"], ["early"], ["none"]]


@pytest.mark.parametrize("sort", ["due_at", "priority"])
def test_ties_go_by_id_in_the_direction_of_the_sort(caller: Caller, sort: str) -> None:
    names = [create_todo(caller, name)["title"] for name in ("first", "second", "third")]

    assert listed(caller, sort=sort) == names
    assert listed(caller, sort=f"-{sort}") == list(reversed(names))


def test_title_and_times_sort(caller: Caller) -> None:
    todos = [create_todo(caller, name) for name in ("b", "a", "c")]
    caller.patch(f"/todos/{todos[0]['id']}", json={"description": "touched"})

    assert listed(caller, sort="title") == ["a", "b", "c"]
    assert listed(caller, sort="-title") == ["c", "b", "a"]
    assert listed(caller, sort="created_at") == ["b", "a", "c"]
    assert listed(caller, sort="updated_at") == ["a", "c", "b"]
    assert listed(caller, sort="-updated_at") == ["b", "c", "a"]


@pytest.mark.parametrize("sort", ["", "-", "id", "+title", "--title", "TITLE", "title,priority"])
def test_other_sorts_are_refused(caller: Caller, sort: str) -> None:
    assert locations(caller.get("/todos", params={"sort": sort})) == {"query.sort"}


@pytest.mark.parametrize("cursor", ["", "nonsense", "a.b", "é", "\0", "e30", "x" * 3000])
def test_made_up_cursor_is_refused(caller: Caller, cursor: str) -> None:
    assert locations(caller.get("/todos", params={"cursor": cursor})) == {"query.cursor"}


def test_tampered_cursor_is_refused(caller: Caller) -> None:
    create_mixed(caller, 3)
    cursor = next_cursor(caller)

    for place in (0, len(cursor) // 2, len(cursor) - 2):
        changed = "A" if cursor[place] != "A" else "B"
        forged = cursor[:place] + changed + cursor[place + 1 :]
        assert locations(caller.get("/todos", params={"cursor": forged})) == {"query.cursor"}


def test_cursor_is_bound_to_its_user(client: Client, caller: Caller) -> None:
    other = sign_up(client)
    for user in (caller, other):
        create_mixed(user, 2)

    answer = other.get("/todos", params={"cursor": next_cursor(caller)})

    assert locations(answer) == {"query.cursor"}


def test_cursor_is_bound_to_its_list(caller: Caller) -> None:
    for name in ("a", "b"):
        create_todo(caller, name, tags=[name])
    of_tags = caller.get("/tags", params={"limit": 1}).json()["next_cursor"]

    assert locations(caller.get("/tags", params={"cursor": next_cursor(caller)})) == {
        "query.cursor"
    }
    assert locations(caller.get("/todos", params={"cursor": of_tags})) == {"query.cursor"}


@pytest.mark.parametrize(
    "other",
    [
        {"sort": "created_at"},
        {"sort": "-title"},
        {"status": "open"},
        {"priority": "low"},
        {"tag": "home"},
        {"due_before": "2030-01-31T12:00:00Z"},
        {"due_after": "2030-01-31T12:00:00Z"},
        {"q": "a"},
    ],
)
def test_cursor_is_bound_to_sort_and_filters(caller: Caller, other: dict[str, str]) -> None:
    create_mixed(caller, 2)
    cursor = next_cursor(caller)

    answer = caller.get("/todos", params={"cursor": cursor, **other})

    assert locations(answer) == {"query.cursor"}


def test_page_size_may_change_between_pages(caller: Caller) -> None:
    create_mixed(caller, 5)

    assert len(listed(caller, cursor=next_cursor(caller), limit=100)) == 4


def test_filters_by_status_and_priority(caller: Caller) -> None:
    create_todo(caller, "a", status="done", priority="low")
    create_todo(caller, "b", priority="low")
    create_todo(caller, "c", priority="high")

    assert listed(caller, status="done") == ["a"]
    assert listed(caller, priority="low") == ["b", "a"]
    assert listed(caller, status="open", priority="low") == ["b"]
    assert list(walk(caller, status="open", limit=1)) == [["c"], ["b"]]


def test_filters_by_due_date_in_any_offset(caller: Caller) -> None:
    create_todo(caller, "early", due_at="2030-01-01T00:00:00Z")
    create_todo(caller, "late", due_at="2030-01-02T00:00:00Z")
    create_todo(caller, "never")

    assert listed(caller, due_before="2030-01-01T12:00:00Z") == ["early"]
    assert listed(caller, due_after="2030-01-01T12:00:00Z") == ["late"]
    assert listed(caller, due_before="2030-01-01T03:00:00+02:00") == ["early"]
    both = {"due_after": "2029-12-31T00:00:00Z", "due_before": "2030-01-03T00:00:00Z"}
    assert listed(caller, sort="due_at", **both) == ["early", "late"]


@pytest.mark.parametrize("name", ["due_before", "due_after"])
@pytest.mark.parametrize(
    "moment", ["2030-01-01", "2030-01-01T00:00:00", "1900000000", "soon", "", "\0"]
)
def test_other_dates_are_refused(caller: Caller, name: str, moment: str) -> None:
    assert locations(caller.get("/todos", params={name: moment})) == {f"query.{name}"}


@pytest.mark.parametrize(("name", "value"), [("status", "closed"), ("priority", "HIGH")])
def test_other_choices_are_refused(caller: Caller, name: str, value: str) -> None:
    assert locations(caller.get("/todos", params={name: value})) == {f"query.{name}"}


def test_every_bad_parameter_is_listed(caller: Caller) -> None:
    params = {"limit": "0", "sort": "id", "status": "closed", "due_after": "soon"}

    assert locations(caller.get("/todos", params=params)) == {
        "query.limit",
        "query.sort",
        "query.status",
        "query.due_after",
    }


def test_tag_filter_tells_case_and_accents_apart(caller: Caller) -> None:
    for name in ("cafe", "café", "Cafe", "ss", "ß"):
        create_todo(caller, name, tags=[name, "all"])

    for name in ("cafe", "café", "Cafe", "ss", "ß"):
        assert listed(caller, tag=name) == [name]
    assert len(listed(caller, tag="all")) == 5
    assert listed(caller, tag="CAFE") == []
    assert listed(caller, tag="caf%") == []


@pytest.mark.parametrize(
    ("title", "q"),
    [
        ("Hauptstraße", "STRASSE"),
        ("HAUPTSTRASSE", "straße"),
        ("ΣΊΣΥΦΟΣ", "σίσυφος"),
        ("ΣΊΣΥΦΟΣ", "σίσυφοσ"),
        ("Ünal ÇELİK", "ünal ç"),
        ("ŽLUŤOUČKÝ KŮŇ", "žluťoučký"),
        ("oﬃce", "OFFICE"),
        ("ПРИВЕТ", "привет"),
        ("Water the plants", "ER THE PL"),
        ("🐎 horse", "🐎 HORSE"),
    ],
)
def test_search_folds_case_by_unicode(caller: Caller, title: str, q: str) -> None:
    create_todo(caller, title)
    create_todo(caller, "something else", description=f"-- {title} --")
    create_todo(caller, "neither")

    assert listed(caller, q=q) == ["something else", title]


def test_search_tells_accents_apart(caller: Caller) -> None:
    create_todo(caller, "café")

    assert listed(caller, q="cafe") == []


@pytest.mark.parametrize("text", ["50%", "a_b", "c\\d", "%", "_", "\\", "[a-c]", "'", '"', "*"])
def test_search_takes_every_character_literally(caller: Caller, text: str) -> None:
    create_todo(caller, "50 a-b cd abc")
    create_todo(caller, f"x {text} y")

    assert listed(caller, q=text) == [f"x {text} y"]


def test_search_follows_changes(caller: Caller) -> None:
    todo = create_todo(caller, "before", description="before")

    caller.patch(f"/todos/{todo['id']}", json={"title": "AFTER"})
    caller.patch(f"/todos/{todo['id']}", json={"description": "Later"})

    assert listed(caller, q="before") == []
    assert listed(caller, q="after") == listed(caller, q="LATER") == ["AFTER"]


@pytest.mark.parametrize("name", ["q", "tag"])
def test_nul_is_refused(caller: Caller, name: str) -> None:
    assert locations(caller.get("/todos", params={name: "a\0b"})) == {f"query.{name}"}


def test_bytes_that_are_no_text_never_break_the_service(caller: Caller) -> None:
    for query in ("q=%ff", "tag=%ed%a0%80", "cursor=%ff", "sort=%ff", "%ff=1"):
        assert caller.get(f"/todos?{query}").status_code in (200, 400, 422)


def test_number_of_queries_does_not_grow(caller: Caller, count_queries: CountQueries) -> None:
    create_todo(caller, "one", tags=["a"])
    with count_queries() as few:
        caller.get("/todos", params={"limit": 1})
    for number in range(30):
        create_todo(caller, f"{number}", tags=[f"{number}-{tag}" for tag in range(5)])

    with count_queries() as many:
        assert len(listed(caller, limit=100)) == 31

    assert 0 < many.count <= few.count


def test_stats_take_one_query(caller: Caller, count_queries: CountQueries) -> None:
    create_mixed(caller, 4)
    with count_queries() as authentication:
        caller.get("/users/me")

    with count_queries() as stats:
        caller.get("/todos/stats")

    assert stats.count == authentication.count + 1


def test_list_needs_a_login(client: Client) -> None:
    assert is_problem(client.get("/api/v1/todos"), 401)
