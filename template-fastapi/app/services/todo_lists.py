"""Lists of todos: filters, sort, pages."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.models import Tag, Todo, todo_tags
from app.models.todos import TodoStatus
from app.pagination import Order, Pager, PageRequest
from app.schemas.todos import Priority
from app.settings import Settings

ORDERS = {
    "created_at": Order(column=Todo.created_at, tie=Todo.id, parse=datetime.fromisoformat),
    "updated_at": Order(column=Todo.updated_at, tie=Todo.id, parse=datetime.fromisoformat),
    "due_at": Order(column=Todo.due_at, tie=Todo.id, parse=datetime.fromisoformat, nullable=True),
    "priority": Order(column=Todo.priority, tie=Todo.id, parse=int),
    "title": Order(column=Todo.title, tie=Todo.id, parse=str),
}


@dataclass(frozen=True)
class TodoFilter:
    status: TodoStatus | None = None
    priority: Priority | None = None
    tag: str | None = None
    due_before: datetime | None = None
    due_after: datetime | None = None
    q: str | None = None

    def conditions(self, owner_id: UUID) -> list[ColumnElement[bool]]:
        found = [Todo.owner_id == owner_id]
        if self.status is not None:
            found.append(Todo.status == self.status.value)
        if self.priority is not None:
            found.append(Todo.priority == self.priority.rank)
        if self.tag is not None:
            found.append(Todo.id.in_(_tagged(owner_id, self.tag)))
        if self.due_before is not None:
            found.append(Todo.due_at < self.due_before)
        if self.due_after is not None:
            found.append(Todo.due_at > self.due_after)
        if self.q:
            found.append(_contains(self.q.casefold()))
        return found


async def list_todos(
    session: AsyncSession,
    settings: Settings,
    *,
    owner_id: UUID,
    todo_filter: TodoFilter,
    sort: str,
    page: PageRequest,
) -> tuple[Sequence[Todo], str | None]:
    """Return a page of the owner's todos with their tags, in two queries.

    Raises:
        Invalid: the cursor is of another list.
    """
    scope = json.dumps(["todos", owner_id, sort, asdict(todo_filter)], default=str)
    pager = Pager(settings, scope=scope, order=_order(sort))
    query = select(Todo).where(*todo_filter.conditions(owner_id))
    statement = pager.statement(query.options(selectinload(Todo.tags)), page)
    rows = (await session.scalars(statement)).all()
    return pager.cut(rows, page)


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
