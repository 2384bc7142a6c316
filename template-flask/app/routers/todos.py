"""Todos."""

from typing import Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from sqlalchemy import Row

from app.auth import current_user, require_auth
from app.etags import etag, matches_if_none_match
from app.extensions import db, settings
from app.models import Todo as TodoRow
from app.models.todos import TodoStatus
from app.openapi import CREDENTIALS, WITH_JSON_BODY, Answer, Answers, Reply, api, header
from app.schemas.headers import IdempotencyHeader, IfMatchHeader, IfNoneMatchHeader
from app.schemas.pages import TodoPageQuery
from app.schemas.todos import Todo, TodoCreate, TodoPage, TodoStats, TodoUpdate
from app.services import idempotency, todo_lists, todos
from app.validation import JSON

TAGS = ["todos"]
ETAG = header("ETag", "The todo's version, strong")
LOCATION = header("Location", "Where the todo is")

blueprint = Blueprint("todos", __name__, url_prefix="/api/v1/todos")


@blueprint.get("")
@require_auth
@api.validate(
    operation_id="list_todos",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(TodoPage)}, 401, 422),
)
def list_todos(query: TodoPageQuery) -> TodoPage:
    """List the caller's todos."""
    rows, next_cursor = todo_lists.list_todos(
        db.session, settings, owner_id=current_user().id, query=query, page=query.page
    )
    return TodoPage.model_validate({"items": rows, "next_cursor": next_cursor})


@blueprint.post("")
@require_auth
@api.validate(
    operation_id="create_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({201: Answer(Todo, headers=ETAG | LOCATION)}, *WITH_JSON_BODY, 401, 409),
)
def create_todo(json: TodoCreate, headers: IdempotencyHeader) -> Response:
    """Create a todo; with an Idempotency-Key, at most once in 24 hours."""
    owner_id = current_user().id
    if headers.key is None:
        return _created(todos.create_todo(db.session, owner_id=owner_id, data=json))
    body = json.model_dump_json(exclude_unset=True)
    claimed = idempotency.claim_key(db.session, user_id=owner_id, key=headers.key, body=body)
    if not claimed.body:
        answer = _created(todos.create_todo(db.session, owner_id=owner_id, data=json))
        claimed.body = answer.get_data(as_text=True)
        claimed.etag, claimed.location = answer.headers["ETag"], answer.headers["Location"]
    sent = {"ETag": claimed.etag, "Location": claimed.location}
    return Response(claimed.body, status=201, mimetype=JSON, headers=sent)


@blueprint.get("/stats")
@require_auth
@api.validate(
    operation_id="get_todo_stats",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(TodoStats)}, 401),
)
def get_todo_stats() -> TodoStats:
    """Count the caller's todos by status, and the open ones by priority."""
    return todos.count_todos(db.session, owner_id=current_user().id)


@blueprint.get("/<uuid:id>")
@require_auth
@api.validate(
    operation_id="get_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers(
        {
            200: Answer(Todo, headers=ETAG),
            304: Answer(description="`If-None-Match` names the present version", headers=ETAG),
        },
        401,
        404,
    ),
)
def get_todo(id: UUID, headers: IfNoneMatchHeader) -> Reply:
    """Show a todo."""
    todo = todos.get_todo(db.session, owner_id=current_user().id, todo_id=id)
    if matches_if_none_match(headers.tags, todo.version):
        return "", 304, {"ETag": etag(todo.version)}
    return _answer(todo)


@blueprint.patch("/<uuid:id>")
@require_auth
@api.validate(
    operation_id="update_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(Todo, headers=ETAG)}, *WITH_JSON_BODY, 401, 404, 412),
)
def update_todo(id: UUID, json: TodoUpdate, headers: IfMatchHeader) -> Reply:
    """Change a todo by a merge patch (RFC 7396)."""
    todo = todos.update_todo(
        db.session, owner_id=current_user().id, todo_id=id, data=json, if_match=headers.tags
    )
    return _answer(todo)


@blueprint.delete("/<uuid:id>")
@require_auth
@api.validate(
    operation_id="delete_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({204: Answer()}, 401, 404, 412),
)
def delete_todo(id: UUID, headers: IfMatchHeader) -> Reply:
    """Delete a todo."""
    owner_id = current_user().id
    todos.delete_todo(db.session, owner_id=owner_id, todo_id=id, if_match=headers.tags)
    return "", 204


@blueprint.post("/<uuid:id>/complete")
@require_auth
@api.validate(
    operation_id="complete_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(Todo, headers=ETAG)}, 401, 404),
)
def complete_todo(id: UUID) -> Reply:
    """Set a todo to done."""
    return _answer(_set_status(id, TodoStatus.DONE))


@blueprint.post("/<uuid:id>/reopen")
@require_auth
@api.validate(
    operation_id="reopen_todo",
    tags=TAGS,
    security=CREDENTIALS,
    resp=Answers({200: Answer(Todo, headers=ETAG)}, 401, 404),
)
def reopen_todo(id: UUID) -> Reply:
    """Set a todo to open again."""
    return _answer(_set_status(id, TodoStatus.OPEN))


def _set_status(todo_id: UUID, status: TodoStatus) -> TodoRow:
    owner_id = current_user().id
    return todos.set_status(db.session, owner_id=owner_id, todo_id=todo_id, status=status)


def _answer(todo: TodoRow | Row[*tuple[Any, ...]]) -> Reply:
    return Todo.model_validate(todo), 200, {"ETag": etag(todo.version)}


def _created(todo: TodoRow) -> Response:
    location = url_for("todos.get_todo", id=todo.id)
    return Response(
        Todo.model_validate(todo).model_dump_json(),
        status=201,
        mimetype=JSON,
        headers={"ETag": etag(todo.version), "Location": location},
    )
