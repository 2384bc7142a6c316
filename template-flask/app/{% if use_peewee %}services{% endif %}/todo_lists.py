"""Lists of todos: filters, sort, pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from peewee import Expression, ModelSelect

from app.database import Session
from app.models import Tag, Todo, TodoTag
from app.models.todos import TAGS
from app.pagination import Order, Pager, PageRequest
from app.schemas.todos import TodoQuery
from app.settings import Settings

ORDERS = {
    "created_at": Order(model=Todo, name="created_at", tie="id", parse=datetime.fromisoformat),
    "updated_at": Order(model=Todo, name="updated_at", tie="id", parse=datetime.fromisoformat),
    "due_at": Order(
        model=Todo, name="due_at", tie="id", parse=datetime.fromisoformat, nullable=True
    ),
    "priority": Order(model=Todo, name="priority", tie="id", parse=int),
    "title": Order(model=Todo, name="title", tie="id", parse=str),
}


def list_todos(
    _session: Session,
    settings: Settings,
    *,
    owner_id: UUID,
    query: TodoQuery,
    page: PageRequest,
) -> tuple[Sequence[Todo], str | None]:
    """Return a page of the owner's todos with their tags, in two queries.

    Raises:
        Invalid: the cursor is of another list.
    """
    filters = query.model_dump_json(include=set(TodoQuery.model_fields))
    pager = Pager(settings, scope=f"todos {owner_id} {filters}", order=_order(query.sort))
    found = Todo.select().where(*_conditions(query, owner_id)).with_related(TAGS)
    return pager.cut(list(pager.statement(found, page)), page)


def _conditions(query: TodoQuery, owner_id: UUID) -> list[Any]:
    found: list[Any] = [Todo.owner == owner_id]
    if query.status is not None:
        found.append(Todo.status == query.status.value)
    if query.priority is not None:
        found.append(Todo.priority == query.priority.rank)
    if query.tag is not None:
        found.append(Todo.id.in_(_tagged(owner_id, query.tag)))
    if query.due_before is not None:
        found.append(Todo.due_at < query.due_before)
    if query.due_after is not None:
        found.append(Todo.due_at > query.due_after)
    if query.q:
        found.append(_contains(query.q.casefold()))
    return found


def _order(sort: str) -> Order:
    order = ORDERS[sort.removeprefix("-")]
    return replace(order, descending=sort.startswith("-"))


def _tagged(owner_id: UUID, name: str) -> "ModelSelect[TodoTag]":
    return TodoTag.select(TodoTag.todo).join(Tag).where(Tag.owner == owner_id, Tag.name == name)


def _contains(folded: str) -> Expression:
    return Todo.title_folded.contains(folded) | Todo.description_folded.contains(folded)
