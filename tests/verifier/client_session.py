"""One session of the generated client: `python client_session.py ADDRESS AUTH`."""

import sys
import time
from importlib import import_module
from typing import Any, TypeVar

from todo_client import AuthenticatedClient, Client, models
from todo_client.api.auth import register
from todo_client.api.exports import create_export, download_export, get_export
from todo_client.api.tags import list_tags, rename_tag
from todo_client.api.todos import (
    complete_todo,
    create_todo,
    delete_todo,
    get_todo,
    get_todo_stats,
    list_todos,
    update_todo,
)
from todo_client.api.users import delete_me, get_me

EMAIL, PASSWORD = "typed@example.com", "a long enough password"
EXPORT_SECONDS = 15.0

T = TypeVar("T")


def main(address: str, auth: str) -> None:
    """Live through an account's life; an answer of another type ends it with an assertion."""
    client = log_in(Client(base_url=address, timeout=30), auth)
    assert due(models.User, get_me.sync(client=client)).email == EMAIL
    todo = use_todos(client)
    use_tags(client)
    export(client, todo.title)
    assert delete_todo.sync_detailed(todo.id, client=client).status_code == 204
    assert due(models.Problem, get_todo.sync(todo.id, client=client)).status == 404
    assert delete_me.sync_detailed(client=client).status_code == 204
    assert due(models.Problem, get_me.sync(client=client)).status == 401


def log_in(client: Any, auth: str) -> Any:
    account = models.UserCreate(email=EMAIL, password=PASSWORD)
    due(models.User, register.sync(client=client, body=account))
    assert due(models.Problem, register.sync(client=client, body=account)).status == 409
    return LOGINS[auth](client)


def by_tokens(client: Any) -> Any:
    grant = models.TokenRequest(
        grant_type=models.TokenRequestGrantType.PASSWORD, username=EMAIL, password=PASSWORD
    )
    answer = operation("issue_token").sync(client=client, body=grant)
    pair = due(models.TokenPair, answer)
    return AuthenticatedClient(
        base_url=client._base_url, token=pair.access_token, timeout=client._timeout
    )


def by_session(client: Any) -> Any:
    """Log in; the cookies of the answer go along from now on, and the proof as a header."""
    credentials = models.Credentials(email=EMAIL, password=PASSWORD)
    answer = operation("log_in").sync_detailed(client=client, body=credentials)
    session = due(models.CurrentSession, answer.parsed)
    name, _, value = answer.headers["Set-Cookie"].partition(";")[0].partition("=")
    return AuthenticatedClient(
        base_url=client._base_url,
        token=session.csrf_token,
        prefix="",
        auth_header_name="X-CSRF-Token",
        cookies={name: value},
        timeout=client._timeout,
    )


LOGINS = {"jwt": by_tokens, "oauth2": by_tokens, "token": by_tokens, "session": by_session}


def operation(name: str) -> Any:
    """Return an operation that not every document has."""
    return import_module(f"todo_client.api.auth.{name}")


def use_todos(client: Any) -> Any:
    new = models.TodoCreate(title="Typed", priority=models.Priority.HIGH, tags=["typed"])
    todo = due(models.Todo, create_todo.sync(client=client, body=new))
    changed = models.TodoUpdate(description="Changed")
    patched = due(models.Todo, update_todo.sync(todo.id, client=client, body=changed))
    assert (patched.title, patched.description, patched.version) == ("Typed", "Changed", 2)
    done = due(models.Todo, complete_todo.sync(todo.id, client=client))
    assert done.status is models.TodoStatus.DONE
    assert due(models.Todo, get_todo.sync(todo.id, client=client)) == done
    page = list_todos.sync(client=client, status=models.TodoStatus.DONE, tag="typed", limit=1)
    assert due(models.TodoPage, page).items == [done]
    assert due(models.TodoStats, get_todo_stats.sync(client=client)).done == 1
    bad = due(models.ValidationProblem, list_todos.sync(client=client, cursor="bad"))
    assert [error.location for error in bad.errors] == ["query.cursor"]
    return done


def use_tags(client: Any) -> None:
    body = models.TagUpdate(name="renamed")
    assert due(models.Tag, rename_tag.sync("typed", client=client, body=body)).todo_count == 1
    page = due(models.TagPage, list_tags.sync(client=client))
    assert [tag.name for tag in page.items] == ["renamed"]


def export(client: Any, title: str) -> None:
    begun = due(models.Export, create_export.sync(client=client))
    deadline = time.monotonic() + EXPORT_SECONDS
    while due(models.Export, get_export.sync(begun.id, client=client)).row_count is None:
        assert time.monotonic() < deadline, "the export takes too long"
        time.sleep(0.1)
    assert title in due(str, download_export.sync(begun.id, client=client))


def due(kind: type[T], answer: object) -> T:
    """Return the answer, which is of this type."""
    assert type(answer) is kind, f"{answer!r} is no {kind.__name__}"
    return answer


if __name__ == "__main__":
    main(*sys.argv[1:])
