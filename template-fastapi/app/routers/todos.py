"""Todos."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Header, Query, Response
from pydantic import StringConstraints
from sqlalchemy import Row

from app.authentication import CurrentUser
from app.dependencies import AppSettings, IfMatch, IfNoneMatch, Page, Session
from app.etags import etag, matches_if_none_match
from app.models import Todo as TodoRow
from app.models.todos import TodoStatus
from app.openapi import WITH_JSON_BODY, JSONRoute, header, problems
from app.schemas.todos import Todo, TodoCreate, TodoPage, TodoQuery, TodoStats, TodoUpdate
from app.services import idempotency, todo_lists, todos

JSON = "application/json"
ETAG = header("ETag", "The todo's version, strong")
Key = Annotated[
    str | None,
    StringConstraints(min_length=1, max_length=255),
    Header(alias="Idempotency-Key"),
]

router = APIRouter(prefix="/api/v1/todos", tags=["todos"], route_class=JSONRoute)


def _answer(todo: TodoRow | Row[*tuple[Any, ...]], response: Response) -> Todo:
    response.headers["ETag"] = etag(todo.version)
    return Todo.model_validate(todo)


@router.get("", operation_id="list_todos", responses=problems(401, 422))
async def list_todos(
    user: CurrentUser,
    session: Session,
    settings: AppSettings,
    page: Page,
    query: Annotated[TodoQuery, Query()],
) -> TodoPage:
    """List the caller's todos."""
    rows, next_cursor = await todo_lists.list_todos(
        session,
        settings,
        owner_id=user.id,
        query=query,
        page=page,
    )
    return TodoPage.model_validate({"items": rows, "next_cursor": next_cursor})


@router.post(
    "",
    status_code=201,
    operation_id="create_todo",
    response_model=Todo,
    responses={
        201: {"headers": {**ETAG, **header("Location", "Where the todo is")}},
        **problems(*WITH_JSON_BODY, 401, 409),
    },
)
async def create_todo(
    data: TodoCreate, user: CurrentUser, session: Session, idempotency_key: Key = None
) -> Response:
    """Create a todo; with an Idempotency-Key, at most once in 24 hours."""
    if idempotency_key is None:
        return _created(await todos.create_todo(session, owner_id=user.id, data=data))
    body = data.model_dump_json(exclude_unset=True)
    claimed = await idempotency.claim_key(session, user_id=user.id, key=idempotency_key, body=body)
    if not claimed.body:
        answer = _created(await todos.create_todo(session, owner_id=user.id, data=data))
        claimed.body = bytes(answer.body).decode()
        claimed.etag, claimed.location = answer.headers["ETag"], answer.headers["Location"]
    headers = {"ETag": claimed.etag, "Location": claimed.location}
    return Response(claimed.body, status_code=201, media_type=JSON, headers=headers)


def _created(todo: TodoRow) -> Response:
    headers = {"ETag": etag(todo.version), "Location": f"{router.prefix}/{todo.id}"}
    body = Todo.model_validate(todo).model_dump_json()
    return Response(body, status_code=201, media_type=JSON, headers=headers)


@router.get("/stats", operation_id="get_todo_stats", responses=problems(401))
async def get_todo_stats(user: CurrentUser, session: Session) -> TodoStats:
    """Count the caller's todos by status, and the open ones by priority."""
    return await todos.count_todos(session, owner_id=user.id)


@router.get(
    "/{id:uuid}",
    operation_id="get_todo",
    response_model=Todo,
    responses={
        200: {"headers": ETAG},
        304: {"description": "`If-None-Match` names the present version", "headers": ETAG},
        **problems(401, 404),
    },
)
async def get_todo(
    id: UUID,
    user: CurrentUser,
    session: Session,
    response: Response,
    if_none_match: IfNoneMatch = None,
) -> Todo | Response:
    """Show a todo."""
    todo = await todos.get_todo(session, owner_id=user.id, todo_id=id)
    if matches_if_none_match(if_none_match, todo.version):
        return Response(status_code=304, headers={"ETag": etag(todo.version)})
    return _answer(todo, response)


@router.patch(
    "/{id:uuid}",
    operation_id="update_todo",
    responses={200: {"headers": ETAG}, **problems(*WITH_JSON_BODY, 401, 404, 412)},
)
async def update_todo(
    id: UUID,
    data: TodoUpdate,
    user: CurrentUser,
    session: Session,
    response: Response,
    if_match: IfMatch = None,
) -> Todo:
    """Change a todo by a merge patch (RFC 7396)."""
    todo = await todos.update_todo(
        session, owner_id=user.id, todo_id=id, data=data, if_match=if_match
    )
    return _answer(todo, response)


@router.delete(
    "/{id:uuid}",
    status_code=204,
    operation_id="delete_todo",
    responses=problems(401, 404, 412),
)
async def delete_todo(
    id: UUID, user: CurrentUser, session: Session, if_match: IfMatch = None
) -> None:
    """Delete a todo."""
    await todos.delete_todo(session, owner_id=user.id, todo_id=id, if_match=if_match)


@router.post(
    "/{id:uuid}/complete",
    operation_id="complete_todo",
    responses={200: {"headers": ETAG}, **problems(401, 404)},
)
async def complete_todo(id: UUID, user: CurrentUser, session: Session, response: Response) -> Todo:
    """Set a todo to done."""
    todo = await todos.set_status(session, owner_id=user.id, todo_id=id, status=TodoStatus.DONE)
    return _answer(todo, response)


@router.post(
    "/{id:uuid}/reopen",
    operation_id="reopen_todo",
    responses={200: {"headers": ETAG}, **problems(401, 404)},
)
async def reopen_todo(id: UUID, user: CurrentUser, session: Session, response: Response) -> Todo:
    """Set a todo to open again."""
    todo = await todos.set_status(session, owner_id=user.id, todo_id=id, status=TodoStatus.OPEN)
    return _answer(todo, response)
