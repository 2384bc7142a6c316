"""Todos."""

from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q
from tortoise.functions import Count

from app.database import AsyncSession
from app.errors import NotFound
from app.etags import check_if_match
from app.models import Todo
from app.models.base import utc_now
from app.models.todos import PriorityRank, TodoStatus
from app.schemas.todos import PriorityCounts, TodoCreate, TodoStats, TodoUpdate
from app.services.tags import get_or_create_tags

OPEN = Q(status=TodoStatus.OPEN.value)


async def get_todo(_session: AsyncSession, *, owner_id: UUID, todo_id: UUID) -> Todo:
    """Return one todo with its tags.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    todo = await Todo.get_or_none(id=todo_id, owner_id=owner_id).prefetch_related("tags")
    if todo is None:
        raise _not_found()
    return todo


async def create_todo(session: AsyncSession, *, owner_id: UUID, data: TodoCreate) -> Todo:
    now = utc_now()
    todo = Todo(
        owner_id=owner_id,
        status=data.status.value,
        priority=data.priority.rank,
        due_at=data.due_at,
        completed_at=now if data.status is TodoStatus.DONE else None,
        created_at=now,
        updated_at=now,
    )
    _write_text(todo, title=data.title, description=data.description)
    # A foreign key holds the owner, a new tag's too: always before locks on tags, never after.
    await todo.save()
    await todo.tags.add(*await get_or_create_tags(session, owner_id=owner_id, names=data.tags))
    await todo.fetch_related("tags")
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
        await todo.tags.clear()
        await todo.tags.add(*tags)
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
    await _save(todo)
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
        await _save(todo)
    else:
        await todo.fetch_related("tags")
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
    await todo.delete()


async def count_todos(_session: AsyncSession, *, owner_id: UUID) -> TodoStats:
    """Count by status and priority, in one query."""
    counts = {
        "open": Count("id", _filter=OPEN),
        "done": Count("id", _filter=~OPEN),
        "overdue": Count("id", _filter=OPEN & Q(due_at__lt=utc_now())),
        **{
            rank.name.lower(): Count("id", _filter=OPEN & Q(priority=rank.value))
            for rank in PriorityRank
        },
    }
    [row] = await Todo.filter(owner_id=owner_id).annotate(**counts).values(*counts)
    return TodoStats(
        open=row["open"],
        done=row["done"],
        overdue=row["overdue"],
        by_priority=PriorityCounts.model_validate(row),
    )


async def _locked(_session: AsyncSession, *, owner_id: UUID, todo_id: UUID) -> Todo:
    query = Todo.filter(id=todo_id, owner_id=owner_id).select_for_update()
    todo = await query.get_or_none()
    if todo is None:
        raise _not_found()
    return todo


def _not_found() -> NotFound:
    return NotFound("There is no such todo")


async def _save(todo: Todo) -> None:
    todo.version += 1
    todo.updated_at = utc_now()
    await todo.save()
    await todo.fetch_related("tags")


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
