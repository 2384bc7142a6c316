"""Todos."""

from collections.abc import Collection
from datetime import datetime
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.db.models import Count, Q, QuerySet, prefetch_related_objects
from django.utils import timezone

from apps.core.errors import NotFound
from apps.core.etags import check_if_match
from apps.tagging.services import get_or_create_tags
from apps.todos.models import Priority, Todo, TodoStatus, TodoTag


class TodoChanges(TypedDict, total=False):
    """A merge patch (RFC 7396): an absent member stays as it is."""

    title: str
    description: str
    status: TodoStatus
    priority: Priority
    due_at: datetime | None
    tags: Collection[str]


class PriorityCounts(TypedDict):
    low: int
    medium: int
    high: int
    urgent: int


class TodoStats(TypedDict):
    open: int
    done: int
    overdue: int
    by_priority: PriorityCounts


def select_todos(*, owner_id: UUID) -> QuerySet[Todo]:
    """Select the owner's todos with their tags, in two queries however many there are."""
    return Todo.objects.filter(owner_id=owner_id).prefetch_related("tags")


def get_todo(*, owner_id: UUID, todo_id: UUID) -> Todo:
    """Return a todo.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    return _only(select_todos(owner_id=owner_id).filter(id=todo_id))


@transaction.atomic
def create_todo(
    *,
    owner_id: UUID,
    title: str,
    description: str = "",
    status: TodoStatus = TodoStatus.OPEN,
    priority: Priority = Priority.MEDIUM,
    due_at: datetime | None = None,
    tags: Collection[str] = (),
) -> Todo:
    todo = Todo(
        owner_id=owner_id, title=title, description=description, priority=priority, due_at=due_at
    )
    todo.set_status(status)
    # A foreign key holds the owner, a new tag's too: always before locks on tags, never after.
    todo.save(force_insert=True)
    owned = get_or_create_tags(owner_id=owner_id, names=tags)
    TodoTag.objects.bulk_create(TodoTag(todo=todo, tag=tag) for tag in owned)
    prefetch_related_objects([todo], "tags")
    return todo


@transaction.atomic
def update_todo(
    *, owner_id: UUID, todo_id: UUID, changes: TodoChanges, if_match: str | None
) -> Todo:
    """Apply a merge patch to the locked row, so that no concurrent patch is lost.

    Raises:
        NotFound: the todo is not there, or not the owner's.
        PreconditionFailed: `if_match` names another version.
    """
    names = changes.get("tags")
    # Tags are locked before todos, everywhere: whoever renames a tag then waits, never deadlocks.
    tags = None if names is None else get_or_create_tags(owner_id=owner_id, names=names)
    todo = _find_locked(owner_id=owner_id, todo_id=todo_id)
    check_if_match(if_match, todo.version)
    todo.title = changes.get("title", todo.title)
    todo.description = changes.get("description", todo.description)
    todo.priority = changes.get("priority", todo.priority)
    todo.due_at = changes.get("due_at", todo.due_at)
    todo.set_status(changes.get("status", todo.status))
    _save_changes(todo)
    if tags is not None:
        todo.tags.set(tags)
    prefetch_related_objects([todo], "tags")
    return todo


@transaction.atomic
def set_status(*, owner_id: UUID, todo_id: UUID, status: TodoStatus) -> Todo:
    """Complete or reopen a todo; one that is so already stays as it is.

    Raises:
        NotFound: the todo is not there, or not the owner's.
    """
    todo = _find_locked(owner_id=owner_id, todo_id=todo_id)
    if todo.status != status:
        todo.set_status(status)
        _save_changes(todo)
    prefetch_related_objects([todo], "tags")
    return todo


@transaction.atomic
def delete_todo(*, owner_id: UUID, todo_id: UUID, if_match: str | None) -> None:
    """Delete a todo.

    Raises:
        NotFound: the todo is not there, or not the owner's.
        PreconditionFailed: `if_match` names another version.
    """
    todo = _find_locked(owner_id=owner_id, todo_id=todo_id)
    check_if_match(if_match, todo.version)
    todo.delete()


def count_todos(*, owner_id: UUID) -> TodoStats:
    """Count by status, and the open ones by priority, in one query."""
    is_open = Q(status=TodoStatus.OPEN)
    by_priority = {
        priority.label: Count("id", filter=is_open & Q(priority=priority)) for priority in Priority
    }
    counts = Todo.objects.filter(owner_id=owner_id).aggregate(
        open=Count("id", filter=is_open),
        done=Count("id", filter=Q(status=TodoStatus.DONE)),
        overdue=Count("id", filter=is_open & Q(due_at__lt=timezone.now())),
        **by_priority,
    )
    return TodoStats(
        open=counts["open"],
        done=counts["done"],
        overdue=counts["overdue"],
        by_priority=PriorityCounts(
            low=counts["low"],
            medium=counts["medium"],
            high=counts["high"],
            urgent=counts["urgent"],
        ),
    )


def _find_locked(*, owner_id: UUID, todo_id: UUID) -> Todo:
    return _only(Todo.objects.select_for_update().filter(owner_id=owner_id, id=todo_id))


def _only(todos: QuerySet[Todo]) -> Todo:
    todo = todos.first()
    if todo is None:
        raise NotFound("There is no such todo")
    return todo


def _save_changes(todo: Todo) -> None:
    todo.version += 1
    todo.save()
