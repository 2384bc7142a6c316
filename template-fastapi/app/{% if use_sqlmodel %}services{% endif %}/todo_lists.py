"""Lists of todos: filters, sort, pages."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement
from sqlmodel import col, select
from sqlmodel.ext.asyncio.session import AsyncSession
from sqlmodel.sql.expression import SelectOfScalar

from app.models import Tag, Todo, TodoTag
from app.models.base import attribute
from app.models.todos import SHOWN
from app.pagination import Order, Pager, PageRequest
from app.schemas.todos import TodoQuery
from app.settings import Settings


def _by(column: object, parse: Callable[[str], Any], *, nullable: bool = False) -> Order:
    tie = attribute(Todo.id)
    return Order(column=attribute(column), tie=tie, parse=parse, nullable=nullable)


ORDERS = {
    "created_at": _by(Todo.created_at, datetime.fromisoformat),
    "updated_at": _by(Todo.updated_at, datetime.fromisoformat),
    "due_at": _by(Todo.due_at, datetime.fromisoformat, nullable=True),
    "priority": _by(Todo.priority, int),
    "title": _by(Todo.title, str),
}


async def list_todos(
    session: AsyncSession,
    settings: Settings,
    *,
    owner_id: UUID,
    query: TodoQuery,
    page: PageRequest,
) -> tuple[Sequence[tuple[Any, ...]], str | None]:
    """Return a page of the owner's todos with their tags' names, in one query.

    Raises:
        Invalid: the cursor is of another list.
    """
    scope = f"todos {owner_id} {query.model_dump_json()}"
    pager = Pager(settings, scope=scope, order=_order(query.sort))
    statement = SHOWN.where(*_conditions(query, owner_id))
    rows = (await session.exec(pager.statement(statement, page))).all()
    return pager.cut(rows, page)


def _conditions(query: TodoQuery, owner_id: UUID) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = [col(Todo.owner_id) == owner_id]
    if query.status is not None:
        found.append(col(Todo.status) == query.status.value)
    if query.priority is not None:
        found.append(col(Todo.priority) == query.priority.rank)
    if query.tag is not None:
        found.append(col(Todo.id).in_(_tagged(owner_id, query.tag)))
    if query.due_before is not None:
        found.append(col(Todo.due_at) < query.due_before)
    if query.due_after is not None:
        found.append(col(Todo.due_at) > query.due_after)
    if query.q:
        found.append(_contains(query.q.casefold()))
    return found


def _order(sort: str) -> Order:
    order = ORDERS[sort.removeprefix("-")]
    return replace(order, descending=sort.startswith("-"))


def _tagged(owner_id: UUID, name: str) -> SelectOfScalar[UUID]:
    return select(TodoTag.todo_id).join(Tag).where(Tag.owner_id == owner_id, Tag.name == name)


def _contains(folded: str) -> ColumnElement[bool]:
    in_title = col(Todo.title_folded).contains(folded, autoescape=True)
    return in_title | col(Todo.description_folded).contains(folded, autoescape=True)
