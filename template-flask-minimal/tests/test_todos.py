"""Todos: create, read, change, complete, delete."""

from concurrent.futures import ThreadPoolExecutor
from uuid import UUID

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

TODOS = "/api/v1/todos"


def create(client: FlaskClient, **values: object) -> TestResponse:
    answer = client.post(TODOS, json={"title": "Water the plants", **values})
    assert answer.status_code == 201, answer.text
    return answer


def test_create(client: FlaskClient) -> None:
    answer = create(client, title="  Water the plants ", due_at="2030-01-31T12:00:00+02:00")
    assert answer.json
    assert UUID(answer.json["id"]).version == 7
    assert answer.headers["ETag"] == '"1"'
    assert answer.headers["Location"] == f"{TODOS}/{answer.json['id']}"
    shown = {key: value for key, value in answer.json.items() if not key.endswith("ed_at")}
    assert shown | {"id": None} == {
        "id": None,
        "title": "Water the plants",
        "description": "",
        "status": "open",
        "priority": "medium",
        "due_at": "2030-01-31T10:00:00Z",
        "version": 1,
    }
    assert answer.json["created_at"].endswith("Z")
    assert answer.json["completed_at"] is None
    assert client.get(answer.headers["Location"]).json == answer.json


@pytest.mark.parametrize(
    ("body", "location"),
    [
        ({}, "body.title"),
        ({"title": " "}, "body.title"),
        ({"title": "x" * 201}, "body.title"),
        ({"title": "a\0b"}, "body.title"),
        ({"title": 5}, "body.title"),
        ({"title": "x", "tilte": "y"}, "body.tilte"),
        ({"title": "x", "priority": "highest"}, "body.priority"),
        ({"title": "x", "status": None}, "body.status"),
        ({"title": "x", "due_at": "2030-01-31"}, "body.due_at"),
        ({"title": "x", "due_at": "2030-01-31T12:00:00"}, "body.due_at"),
        ({"title": "x", "due_at": 5}, "body.due_at"),
        ({"title": "x", "due_at": "9999-12-31T23:59:59-01:00"}, "body.due_at"),
        ({"title": "x", "description": "d" * 10_001}, "body.description"),
    ],
)
def test_bad_body(client: FlaskClient, body: dict[str, object], location: str) -> None:
    answer = client.post(TODOS, json=body)
    assert answer.status_code == 422
    assert answer.json
    assert [error["location"] for error in answer.json["errors"]] == [location]


def test_every_bad_member_is_listed(client: FlaskClient) -> None:
    answer = client.post(TODOS, json={"title": "", "priority": 7, "x": 1})
    assert answer.json
    found = {error["location"] for error in answer.json["errors"]}
    assert found == {"body.title", "body.priority", "body.x"}


def test_patch_changes_what_is_given(client: FlaskClient) -> None:
    created = create(client, description="Twice a week", due_at="2030-01-31T12:00:00Z")
    url = created.headers["Location"]
    answer = client.patch(url, json={"title": "Water", "due_at": None, "priority": "urgent"})
    assert answer.status_code == 200
    assert answer.json
    assert answer.headers["ETag"] == '"2"'
    assert (answer.json["title"], answer.json["description"]) == ("Water", "Twice a week")
    assert (answer.json["due_at"], answer.json["priority"]) == (None, "urgent")
    assert answer.json["updated_at"] > answer.json["created_at"]
    assert client.get(url).json == answer.json


def test_merge_patch_is_taken_on_patch_alone(client: FlaskClient) -> None:
    kind = "application/merge-patch+json"
    url = create(client).headers["Location"]
    assert client.patch(url, data='{"status": "done"}', content_type=kind).status_code == 200
    assert client.post(TODOS, data='{"title": "x"}', content_type=kind).status_code == 415


@pytest.mark.parametrize("member", ["title", "description", "status", "priority"])
def test_patch_refuses_null(client: FlaskClient, member: str) -> None:
    url = create(client).headers["Location"]
    assert client.patch(url, json={member: None}).status_code == 422


def test_completing_and_reopening(client: FlaskClient) -> None:
    url = create(client).headers["Location"]
    done = client.post(f"{url}/complete")
    assert done.json
    assert done.status_code == 200
    assert (done.json["status"], done.json["version"]) == ("done", 2)
    assert done.json["completed_at"] is not None
    assert client.post(f"{url}/complete").json == done.json
    again = client.post(f"{url}/reopen")
    assert again.json
    assert (again.json["status"], again.json["completed_at"]) == ("open", None)


def test_created_done(client: FlaskClient) -> None:
    answer = create(client, status="done")
    assert answer.json
    assert answer.json["completed_at"] is not None


def test_delete(client: FlaskClient) -> None:
    url = create(client).headers["Location"]
    assert client.delete(url).status_code == 204
    for answer in (client.get(url), client.delete(url), client.patch(url, json={})):
        assert answer.status_code == 404
    assert client.post(f"{url}/complete").status_code == 404


@pytest.mark.parametrize("name", ["0190163d-8694-739b-aea5-966c26f8ad91", "5", "stats/"])
def test_unknown(client: FlaskClient, name: str) -> None:
    assert client.get(f"{TODOS}/{name}").status_code == 404


def test_if_match(client: FlaskClient) -> None:
    url = create(client).headers["Location"]
    stale = {"If-Match": '"7"'}
    assert client.patch(url, json={"title": "x"}, headers=stale).status_code == 412
    assert client.delete(url, headers=stale).status_code == 412
    assert client.patch(url, json={"title": "x"}, headers={"If-Match": '"1"'}).status_code == 200
    assert client.delete(url, headers={"If-Match": "*"}).status_code == 204


def test_if_none_match(client: FlaskClient) -> None:
    url = create(client).headers["Location"]
    answer = client.get(url, headers={"If-None-Match": 'W/"1"'})
    assert (answer.status_code, answer.text, answer.headers["ETag"]) == (304, "", '"1"')
    assert client.get(url, headers={"If-None-Match": '"2"'}).status_code == 200


def test_concurrent_patches_both_survive(client: FlaskClient) -> None:
    url = create(client).headers["Location"]
    bodies = [{"title": "New"}, {"description": "New"}, {"priority": "low"}]
    with ThreadPoolExecutor(3) as pool:
        sent = [pool.submit(client.application.test_client().patch, url, json=b) for b in bodies]
        assert {answer.result().status_code for answer in sent} == {200}
    todo = client.get(url).json
    assert todo
    assert (todo["title"], todo["description"], todo["priority"]) == ("New", "New", "low")
    assert todo["version"] == 4


def test_stats(client: FlaskClient) -> None:
    create(client, priority="urgent", due_at="2020-01-01T00:00:00Z")
    create(client)
    create(client, status="done", due_at="2020-01-01T00:00:00Z")
    assert client.get(f"{TODOS}/stats").json == {
        "open": 2,
        "done": 1,
        "overdue": 1,
        "by_priority": {"low": 0, "medium": 1, "high": 0, "urgent": 1},
    }
