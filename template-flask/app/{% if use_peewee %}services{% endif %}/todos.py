"""Todos."""

from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import Case, Function, fn

from app.database import Session, locked
from app.errors import NotFound
from app.etags import check_if_match
from app.models import Todo
from app.models.base import utc_now
from app.models.todos import TAGS, PriorityRank, TodoStatus
from app.schemas.todos import PriorityCounts, TodoCreate, TodoStats, TodoUpdate
from app.services.tags import get_or_create_tags


def get_todo(_session: Session, *, owner_id: UUID, todo_id: UUID) -> Todo:
    """Return one todo with its tags.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    query = Todo.select().where(Todo.id == todo_id, Todo.owner == owner_id)
    todo = query.with_related(TAGS).get_or_none()
    if todo is None:
        raise _not_found()
    return todo


def create_todo(session: Session, *, owner_id: UUID, data: TodoCreate) -> Todo:
    now = utc_now()
    todo = Todo(
        owner=owner_id,
        status=data.status.value,
        priority=data.priority.rank,
        due_at=data.due_at,
        completed_at=now if data.status is TodoStatus.DONE else None,
        created_at=now,
        updated_at=now,
    )
    _write_text(todo, title=data.title, description=data.description)
    # A foreign key holds the owner, a new tag's too: always before locks on tags, never after.
    todo.save(force_insert=True)
    todo.tags = get_or_create_tags(session, owner_id=owner_id, names=data.tags)
    return get_todo(session, owner_id=owner_id, todo_id=todo.id)


def update_todo(
    session: Session,
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
    tags = get_or_create_tags(session, owner_id=owner_id, names=names)
    todo = _locked(owner_id=owner_id, todo_id=todo_id)
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
    _save(todo)
    return get_todo(session, owner_id=owner_id, todo_id=todo_id)


def set_status(session: Session, *, owner_id: UUID, todo_id: UUID, status: TodoStatus) -> Todo:
    """Complete or reopen a todo; one that is so already stays as it is.

    Raises:
        NotFound: the todo is not there, or not the owner's.
    """
    todo = _locked(owner_id=owner_id, todo_id=todo_id)
    if todo.status != status.value:
        _set_status(todo, status)
        _save(todo)
    return get_todo(session, owner_id=owner_id, todo_id=todo_id)


def delete_todo(_session: Session, *, owner_id: UUID, todo_id: UUID, if_match: str | None) -> None:
    """Delete a todo.

    Raises:
        NotFound: the todo is not there, or not the owner's.
        PreconditionFailed: `if_match` names another version.
    """
    todo = _locked(owner_id=owner_id, todo_id=todo_id)
    check_if_match(if_match, todo.version)
    todo.delete_instance()


def count_todos(_session: Session, *, owner_id: UUID) -> TodoStats:
    """Count by status and priority, in one query."""
    is_open = Todo.status == TodoStatus.OPEN.value
    row: Any = (
        Todo.select(
            _count(is_open).alias("open"),
            _count(Todo.status != TodoStatus.OPEN.value).alias("done"),
            _count(is_open & (Todo.due_at < utc_now())).alias("overdue"),
            *(
                _count(is_open & (Todo.priority == rank.value)).alias(rank.name.lower())
                for rank in PriorityRank
            ),
        )
        .where(Todo.owner == owner_id)
        .dicts()
        .get()
    )
    return TodoStats(**row, by_priority=PriorityCounts(**row))


def _count(condition: object) -> Function:
    counted: Function = fn.COUNT(Case(None, ((condition, 1),)))
    return counted


def _locked(*, owner_id: UUID, todo_id: UUID) -> Todo:
    query = Todo.select().where(Todo.id == todo_id, Todo.owner == owner_id)
    todo = locked(query).get_or_none()
    if todo is None:
        raise _not_found()
    return todo


def _not_found() -> NotFound:
    return NotFound("There is no such todo")


def _save(todo: Todo) -> None:
    todo.version += 1
    todo.save()


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
