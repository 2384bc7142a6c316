"""Todos."""

from datetime import datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.orm import selectinload
from sqlmodel import case, col, delete, func, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import Select

from app.errors import NotFound
from app.etags import check_if_match
from app.models import Todo
from app.models.base import attribute, utc_now
from app.models.todos import SHOWN, PriorityRank, TodoStatus
from app.schemas.todos import PriorityCounts, TodoCreate, TodoStats, TodoUpdate
from app.services.tags import get_or_create_tags


async def get_todo(
    session: AsyncSession, *, owner_id: UUID, todo_id: UUID
) -> Row[*tuple[Any, ...]]:
    """Return what is shown of one todo, its tags' names among it, in one query.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    query = SHOWN.where(Todo.id == todo_id, Todo.owner_id == owner_id)
    todo = (await session.exec(query)).one_or_none()
    if todo is None:
        raise _not_found()
    return cast(Row[*tuple[Any, ...]], todo)


async def create_todo(session: AsyncSession, *, owner_id: UUID, data: TodoCreate) -> Todo:
    now = utc_now()
    todo = Todo(
        owner_id=owner_id,
        title=data.title,
        title_folded=data.title.casefold(),
        description=data.description,
        description_folded=data.description.casefold(),
        status=data.status.value,
        priority=data.priority.rank,
        due_at=data.due_at,
        completed_at=now if data.status is TodoStatus.DONE else None,
        created_at=now,
        updated_at=now,
        tags=[],
    )
    # A foreign key holds the owner, a new tag's too: always before locks on tags, never after.
    session.add(todo)
    await session.flush()
    todo.tags = await get_or_create_tags(session, owner_id=owner_id, names=data.tags)
    await session.flush()
    return todo


async def update_todo(
    session: AsyncSession,
    *,
    owner_id: UUID,
    todo_id: UUID,
    data: TodoUpdate,
    if_match: str | None,
) -> Todo:
    """Apply a merge patch to the locked row, so that no concurrent patch is lost.

    Raises:
        NotFound: the todo is not there, or not the owner's.
        PreconditionFailed: `if_match` names another version.
    """
    given = data.model_fields_set
    # Tags are locked before todos, everywhere: whoever renames a tag then waits, never deadlocks.
    names = data.tags if "tags" in given else []
    tags = await get_or_create_tags(session, owner_id=owner_id, names=names)
    todo = await _locked(session, owner_id=owner_id, todo_id=todo_id)
    check_if_match(if_match, todo.version)
    if "tags" in given:
        todo.tags = tags
    if "due_at" in given:
        todo.due_at = data.due_at
    if "priority" in given:
        todo.priority = data.priority.rank
    if "status" in given:
        _set_status(todo, data.status)
    _write_text(
        todo,
        title=data.title if "title" in given else todo.title,
        description=data.description if "description" in given else todo.description,
    )
    await _save(session, todo)
    return todo


async def set_status(
    session: AsyncSession, *, owner_id: UUID, todo_id: UUID, status: TodoStatus
) -> Todo:
    """Complete or reopen a todo; one that is so already stays as it is.

    Raises:
        NotFound: the todo is not there, or not the owner's.
    """
    todo = await _locked(session, owner_id=owner_id, todo_id=todo_id)
    if todo.status != status.value:
        _set_status(todo, status)
        await _save(session, todo)
    return todo


async def delete_todo(
    session: AsyncSession, *, owner_id: UUID, todo_id: UUID, if_match: str | None
) -> None:
    """Delete a todo.

    Raises:
        NotFound: the todo is not there, or not the owner's.
        PreconditionFailed: `if_match` names another version.
    """
    todo = await _locked(session, owner_id=owner_id, todo_id=todo_id)
    check_if_match(if_match, todo.version)
    await session.exec(delete(Todo).where(col(Todo.id) == todo.id))


async def count_todos(session: AsyncSession, *, owner_id: UUID) -> TodoStats:
    """Count by status and priority, in one query."""
    is_open = col(Todo.status) == TodoStatus.OPEN.value
    is_overdue = is_open & (col(Todo.due_at) < utc_now())
    has_rank = [is_open & (col(Todo.priority) == rank.value) for rank in PriorityRank]
    conditions = (is_open, ~is_open, is_overdue, *has_rank)
    counts: Select[*tuple[int, ...]] = Select(*(func.count(case((c, 1))) for c in conditions))
    row = (await session.exec(counts.where(Todo.owner_id == owner_id))).one()
    open_, done, overdue, *ranked = row
    names = [rank.name.lower() for rank in PriorityRank]
    by_priority = PriorityCounts.model_validate(dict(zip(names, ranked, strict=True)))
    return TodoStats(open=open_, done=done, overdue=overdue, by_priority=by_priority)


async def _locked(session: AsyncSession, *, owner_id: UUID, todo_id: UUID) -> Todo:
    query = select(Todo).where(Todo.id == todo_id, Todo.owner_id == owner_id)
    query = query.options(selectinload(attribute(Todo.tags))).with_for_update(of=Todo)
    todo = (await session.exec(query)).first()
    if todo is None:
        raise _not_found()
    return todo


def _not_found() -> NotFound:
    return NotFound("There is no such todo")


async def _save(session: AsyncSession, todo: Todo) -> None:
    todo.version += 1
    todo.updated_at = utc_now()
    await session.flush()


def _write_text(todo: Todo, *, title: str, description: str) -> None:
    todo.title = title
    todo.title_folded = title.casefold()
    todo.description = description
    todo.description_folded = description.casefold()


def _set_status(todo: Todo, status: TodoStatus) -> None:
    if todo.status == status.value:
        return
    todo.status = status.value
    done_at: datetime | None = utc_now() if status is TodoStatus.DONE else None
    todo.completed_at = done_at
