"""Lists: filters, sort, pages."""

import pytest
from flask.testing import FlaskClient

TODOS = "/api/v1/todos"


@pytest.fixture
def titles(client: FlaskClient) -> list[str]:
    """Create some todos, and return their titles in order."""
    made = [
        {"title": "Alpha", "priority": "low", "due_at": "2030-01-03T00:00:00Z"},
        {"title": "beta", "priority": "urgent", "description": "50 % of STRASSE"},
        {"title": "Gamma", "due_at": "2030-01-01T00:00:00Z", "status": "done"},
        {"title": "delta_x", "priority": "high", "due_at": "2030-01-02T00:00:00Z"},
        {"title": "Épsilon"},
    ]
    for body in made:
        assert client.post(TODOS, json=body).status_code == 201
    return [str(body["title"]) for body in made]


def listed(client: FlaskClient, **query: object) -> list[str]:
    answer = client.get(TODOS, query_string=query)
    assert answer.status_code == 200, answer.text
    assert answer.json
    return [todo["title"] for todo in answer.json["items"]]


def paged(client: FlaskClient, **query: object) -> list[str]:
    """Return the titles of all pages of two."""
    found: list[str] = []
    cursor: dict[str, str] = {}
    while True:
        answer = client.get(TODOS, query_string={**query, "limit": 2, **cursor})
        assert answer.json
        found += [todo["title"] for todo in answer.json["items"]]
        if answer.json["next_cursor"] is None:
            return found
        cursor = {"cursor": answer.json["next_cursor"]}


def test_newest_first(client: FlaskClient, titles: list[str]) -> None:
    assert listed(client) == titles[::-1]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"status": "done"}, ["Gamma"]),
        ({"priority": "urgent"}, ["beta"]),
        ({"due_before": "2030-01-02T00:00:00Z"}, ["Gamma"]),
        ({"due_after": "2030-01-02T00:00:00Z"}, ["Alpha"]),
        ({"q": "ALPH"}, ["Alpha"]),
        ({"q": "straße"}, ["beta"]),
        ({"q": "%"}, ["beta"]),
        ({"q": "_"}, ["delta_x"]),
        ({"q": "éps"}, ["Épsilon"]),
    ],
)
@pytest.mark.usefixtures("titles")
def test_filter(client: FlaskClient, query: dict[str, str], expected: list[str]) -> None:
    assert listed(client, **query) == expected


@pytest.mark.parametrize(
    "sort", [sign + name for sign in ("", "-") for name in ("created_at", "updated_at", "title")]
)
def test_pages_of_a_sort(client: FlaskClient, titles: list[str], sort: str) -> None:
    ordered = sorted(titles) if sort.endswith("title") else titles
    expected = ordered[::-1] if sort.startswith("-") else ordered
    assert listed(client, sort=sort) == paged(client, sort=sort) == expected


@pytest.mark.usefixtures("titles")
def test_priority_sorts_by_rank(client: FlaskClient) -> None:
    expected = ["Alpha", "Gamma", "Épsilon", "delta_x", "beta"]
    assert paged(client, sort="priority") == expected
    assert paged(client, sort="-priority") == expected[::-1]


@pytest.mark.usefixtures("titles")
def test_due_at_puts_nulls_last_either_way(client: FlaskClient) -> None:
    assert paged(client, sort="due_at") == ["Gamma", "delta_x", "Alpha", "beta", "Épsilon"]
    assert paged(client, sort="-due_at") == ["Alpha", "delta_x", "Gamma", "Épsilon", "beta"]


@pytest.mark.usefixtures("titles")
def test_cursor_is_of_one_list(client: FlaskClient) -> None:
    answer = client.get(TODOS, query_string={"limit": 2})
    assert answer.json
    cursor = answer.json["next_cursor"]
    for query in ({"sort": "title"}, {"q": "a"}, {"cursor": "x" + cursor[1:]}, {"cursor": "x"}):
        answer = client.get(TODOS, query_string={"cursor": cursor, **query})
        assert answer.status_code == 422
        assert answer.json
        assert [error["location"] for error in answer.json["errors"]] == ["query.cursor"]


@pytest.mark.parametrize(
    ("query", "location"),
    [
        ("limit=0", "query.limit"),
        ("limit=-1", "query.limit"),
        ("limit=101", "query.limit"),
        ("limit=x", "query.limit"),
        ("sort=id", "query.sort"),
        ("status=closed", "query.status"),
        ("due_before=2030-01-01", "query.due_before"),
        ("q=%00", "query.q"),
    ],
)
def test_bad_query(client: FlaskClient, query: str, location: str) -> None:
    answer = client.get(f"{TODOS}?{query}")
    assert answer.status_code == 422
    assert answer.json
    assert [error["location"] for error in answer.json["errors"]] == [location]
