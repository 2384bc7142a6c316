"""Lists of todos: filters, sort, pages."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from tortoise.expressions import Q

from app.database import AsyncSession
from app.models import Todo
from app.pagination import Order, Pager, PageRequest
from app.schemas.todos import TodoQuery
from app.settings import Settings

ORDERS = {
    "created_at": Order(name="created_at", tie="id", parse=datetime.fromisoformat),
    "updated_at": Order(name="updated_at", tie="id", parse=datetime.fromisoformat),
    "due_at": Order(name="due_at", tie="id", parse=datetime.fromisoformat, nullable=True),
    "priority": Order(name="priority", tie="id", parse=int),
    "title": Order(name="title", tie="id", parse=str),
}


async def list_todos(
    _session: AsyncSession,
    settings: Settings,
    *,
    owner_id: UUID,
    query: TodoQuery,
    page: PageRequest,
) -> tuple[Sequence[Todo], str | None]:
    """Return a page of the owner's todos; their tags take two more queries, however many.

    Raises:
        Invalid: the cursor is of another list.
    """
    scope = f"todos {owner_id} {query.model_dump_json()}"
    pager = Pager(settings, scope=scope, order=_order(query.sort))
    found = Todo.filter(*_conditions(query), owner_id=owner_id).prefetch_related("tags")
    return pager.cut(await pager.query(found, page), page)


def _conditions(query: TodoQuery) -> list[Q]:
    found: list[Q] = []
    if query.status is not None:
        found.append(Q(status=query.status.value))
    if query.priority is not None:
        found.append(Q(priority=query.priority.rank))
    if query.tag is not None:
        found.append(Q(tags__name=query.tag))
    if query.due_before is not None:
        found.append(Q(due_at__lt=query.due_before))
    if query.due_after is not None:
        found.append(Q(due_at__gt=query.due_after))
    if query.q:
        found.append(_contains(query.q.casefold()))
    return found


def _order(sort: str) -> Order:
    order = ORDERS[sort.removeprefix("-")]
    return replace(order, descending=sort.startswith("-"))


def _contains(folded: str) -> Q:
    return Q(title_folded__contains=folded) | Q(description_folded__contains=folded)
