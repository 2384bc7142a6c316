"""Todos: the routes, and what they do."""

from typing import Annotated, Any
from uuid import UUID

from flask import Blueprint, Response, url_for
from pydantic import BaseModel, Field
from sqlalchemy import case, func, select

from app.database import db, utc_now
from app.errors import NotFound
from app.etags import check_if_match, etag, matches_if_none_match
from app.listing import read_page
from app.models import PriorityRank, TodoStatus
from app.models import Todo as TodoRow
from app.openapi import JSON, TODOS, WITH_JSON_BODY, Answers, api
from app.schemas import PriorityCounts, Todo, TodoCreate, TodoPage, TodoQuery, TodoStats, TodoUpdate

Reply = tuple[Todo | str, int, dict[str, str]]

blueprint = Blueprint("todos", __name__, url_prefix="/api/v1/todos")


class IfMatch(BaseModel):
    tags: Annotated[str | None, Field(alias="If-Match")] = None


class IfNoneMatch(BaseModel):
    tags: Annotated[str | None, Field(alias="If-None-Match")] = None


@blueprint.get("")
@api.validate(operation_id="list_todos", tags=[TODOS], resp=Answers({200: TodoPage}, 422, 503))
def list_todos(query: TodoQuery) -> TodoPage:
    """List the todos."""
    rows, next_cursor = read_page(db.session, query)
    return TodoPage(items=[Todo.model_validate(row) for row in rows], next_cursor=next_cursor)


@blueprint.post("")
@api.validate(
    operation_id="create_todo",
    tags=[TODOS],
    resp=Answers({201: Todo}, *WITH_JSON_BODY, 503, headers=("ETag", "Location")),
)
def create_todo(json: TodoCreate) -> Response:
    """Create a todo."""
    todo = TodoRow(version=0)
    todo.write(**_columns(json))
    db.session.add(todo)
    db.session.commit()
    headers = {"ETag": etag(todo.version), "Location": url_for("todos.get_todo", id=todo.id)}
    body = Todo.model_validate(todo).model_dump_json()
    return Response(body, status=201, mimetype=JSON, headers=headers)


@blueprint.get("/stats")
@api.validate(operation_id="get_todo_stats", tags=[TODOS], resp=Answers({200: TodoStats}, 503))
def get_todo_stats() -> TodoStats:
    """Count the todos by status, and the open ones by priority."""
    is_open = TodoRow.status == TodoStatus.OPEN.value
    counts = {
        "open": is_open,
        "done": ~is_open,
        "overdue": is_open & (TodoRow.due_at < utc_now()),
        **{rank.name.lower(): is_open & (TodoRow.priority == rank.value) for rank in PriorityRank},
    }
    columns = [func.count(case((which, 1))).label(name) for name, which in counts.items()]
    row = db.session.execute(select(*columns)).mappings().one()
    return TodoStats(**row, by_priority=PriorityCounts(**row))


@blueprint.get("/<uuid:id>")
@api.validate(
    operation_id="get_todo",
    tags=[TODOS],
    resp=Answers({200: Todo, 304: None}, 404, 503, headers=("ETag",)),
)
def get_todo(id: UUID, headers: IfNoneMatch) -> Reply:
    """Show a todo."""
    todo = db.session.get(TodoRow, id)
    if todo is None:
        raise _not_found()
    if matches_if_none_match(headers.tags, todo.version):
        return "", 304, {"ETag": etag(todo.version)}
    return _answer(todo)


@blueprint.patch("/<uuid:id>")
@api.validate(
    operation_id="update_todo",
    tags=[TODOS],
    resp=Answers({200: Todo}, *WITH_JSON_BODY, 404, 412, 503, headers=("ETag",)),
)
def update_todo(id: UUID, json: TodoUpdate, headers: IfMatch) -> Reply:
    """Change a todo by a merge patch (RFC 7396)."""
    todo = _locked(id)
    check_if_match(headers.tags, todo.version)
    todo.write(**_columns(json, exclude_unset=True))
    db.session.commit()
    return _answer(todo)


@blueprint.delete("/<uuid:id>")
@api.validate(operation_id="delete_todo", tags=[TODOS], resp=Answers({204: None}, 404, 412, 503))
def delete_todo(id: UUID, headers: IfMatch) -> tuple[str, int]:
    """Delete a todo."""
    todo = _locked(id)
    check_if_match(headers.tags, todo.version)
    db.session.delete(todo)
    db.session.commit()
    return "", 204


@blueprint.post("/<uuid:id>/complete")
@api.validate(
    operation_id="complete_todo",
    tags=[TODOS],
    resp=Answers({200: Todo}, 404, 503, headers=("ETag",)),
)
def complete_todo(id: UUID) -> Reply:
    """Set a todo to done."""
    return _answer(_set_status(id, TodoStatus.DONE))


@blueprint.post("/<uuid:id>/reopen")
@api.validate(
    operation_id="reopen_todo", tags=[TODOS], resp=Answers({200: Todo}, 404, 503, headers=("ETag",))
)
def reopen_todo(id: UUID) -> Reply:
    """Set a todo to open again."""
    return _answer(_set_status(id, TodoStatus.OPEN))


def _columns(data: BaseModel, **options: Any) -> dict[str, Any]:
    values = data.model_dump(**options)
    if "priority" in values:
        values["priority"] = values["priority"].rank
    if "status" in values:
        values["status"] = values["status"].value
    return values


def _locked(todo_id: UUID) -> TodoRow:
    """Return a todo that no other request changes until this one ends.

    Raises:
        NotFound: it is not there.
    """
    todo = db.session.get(TodoRow, todo_id, with_for_update=True)
    if todo is None:
        raise _not_found()
    return todo


def _set_status(todo_id: UUID, status: TodoStatus) -> TodoRow:
    todo = _locked(todo_id)
    if todo.status != status.value:
        todo.write(status=status.value)
    db.session.commit()
    return todo


def _answer(todo: TodoRow) -> Reply:
    return Todo.model_validate(todo), 200, {"ETag": etag(todo.version)}


def _not_found() -> NotFound:
    return NotFound("There is no such todo")
