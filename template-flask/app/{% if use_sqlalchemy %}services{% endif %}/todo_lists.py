"""Lists of todos: filters, sort, pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select
from sqlalchemy.orm import Session

from app.models import Tag, Todo, todo_tags
from app.models.todos import SHOWN_COLUMNS
from app.pagination import Order, Pager, PageRequest
from app.schemas.todos import TodoQuery
from app.settings import Settings

ORDERS = {
    "created_at": Order(column=Todo.created_at, tie=Todo.id, parse=datetime.fromisoformat),
    "updated_at": Order(column=Todo.updated_at, tie=Todo.id, parse=datetime.fromisoformat),
    "due_at": Order(column=Todo.due_at, tie=Todo.id, parse=datetime.fromisoformat, nullable=True),
    "priority": Order(column=Todo.priority, tie=Todo.id, parse=int),
    "title": Order(column=Todo.title, tie=Todo.id, parse=str),
}


def list_todos(
    session: Session,
    settings: Settings,
    *,
    owner_id: UUID,
    query: TodoQuery,
    page: PageRequest,
) -> tuple[Sequence[Row[*tuple[Any, ...]]], str | None]:
    """Return a page of the owner's todos with their tags' names, in one query.

    Raises:
        Invalid: the cursor is of another list.
    """
    filters = query.model_dump_json(include=set(TodoQuery.model_fields))
    pager = Pager(settings, scope=f"todos {owner_id} {filters}", order=_order(query.sort))
    statement = select(*SHOWN_COLUMNS).where(*_conditions(query, owner_id))
    rows = session.execute(pager.statement(statement, page)).all()
    return pager.cut(rows, page)


def _conditions(query: TodoQuery, owner_id: UUID) -> list[ColumnElement[bool]]:
    found = [Todo.owner_id == owner_id]
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


def _tagged(owner_id: UUID, name: str) -> Select[UUID]:
    return (
        select(todo_tags.c.todo_id)
        .join(Tag, Tag.id == todo_tags.c.tag_id)
        .where(Tag.owner_id == owner_id, Tag.name == name)
    )


def _contains(folded: str) -> ColumnElement[bool]:
    in_title = Todo.title_folded.contains(folded, autoescape=True)
    return in_title | Todo.description_folded.contains(folded, autoescape=True)
