"""Lists of todos: filters, sort, and keyset pages."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import current_app
from itsdangerous import BadData, URLSafeSerializer
from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from app.errors import Invalid
from app.models import Todo
from app.schemas import FieldError, TodoQuery

SORTED_BY: dict[str, tuple[InstrumentedAttribute[Any], Callable[[str], Any]]] = {
    "created_at": (Todo.created_at, datetime.fromisoformat),
    "updated_at": (Todo.updated_at, datetime.fromisoformat),
    "due_at": (Todo.due_at, datetime.fromisoformat),
    "priority": (Todo.priority, int),
    "title": (Todo.title, str),
}


def read_page(session: Session, query: TodoQuery) -> tuple[Sequence[Todo], str | None]:
    """Return a page of todos and the cursor of the next one, if there is one, in one query.

    Raises:
        Invalid: the cursor is of another list.
    """
    column, _ = SORTED_BY[query.sort.removeprefix("-")]
    conditions = _conditions(query)
    if query.cursor is not None:
        conditions.append(_after(query, *_read_cursor(query, query.cursor)))
    order = [_directed(query, column), _directed(query, Todo.id)]
    if column is Todo.due_at:
        order.insert(0, column.is_(None))
    statement = select(Todo).where(*conditions).order_by(*order).limit(query.limit + 1)
    rows = session.scalars(statement).all()
    if len(rows) <= query.limit:
        return rows, None
    kept = rows[: query.limit]
    return kept, _write_cursor(query, getattr(kept[-1], column.key), kept[-1].id)


def _conditions(query: TodoQuery) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if query.status is not None:
        found.append(Todo.status == query.status.value)
    if query.priority is not None:
        found.append(Todo.priority == query.priority.rank)
    if query.due_before is not None:
        found.append(Todo.due_at < query.due_before)
    if query.due_after is not None:
        found.append(Todo.due_at > query.due_after)
    if query.q:
        found.append(Todo.folded.contains(query.q.casefold(), autoescape=True))
    return found


def _directed(query: TodoQuery, column: InstrumentedAttribute[Any]) -> ColumnElement[Any]:
    return column.desc() if query.sort.startswith("-") else column.asc()


def _after(query: TodoQuery, value: Any, todo_id: UUID) -> ColumnElement[bool]:
    """Rows after the one with this value and id; those without a value come last either way."""
    column, _ = SORTED_BY[query.sort.removeprefix("-")]
    later = _beyond(query, Todo.id, todo_id)
    if value is None:
        return and_(column.is_(None), later)
    beyond = or_(_beyond(query, column, value), and_(column == value, later))
    if column is Todo.due_at:
        return or_(beyond, column.is_(None))
    # This excludes nothing more, but lets an index be read from here on.
    bound = column <= value if query.sort.startswith("-") else column >= value
    return and_(bound, beyond)


def _beyond(
    query: TodoQuery, column: InstrumentedAttribute[Any], value: Any
) -> ColumnElement[bool]:
    beyond: ColumnElement[bool] = column < value if query.sort.startswith("-") else column > value
    return beyond


def _write_cursor(query: TodoQuery, value: Any, todo_id: UUID) -> str:
    text = value.isoformat() if isinstance(value, datetime) else value
    return str(_signer(query).dumps([None if text is None else str(text), str(todo_id)]))


def _read_cursor(query: TodoQuery, cursor: str) -> tuple[Any, UUID]:
    try:
        value, todo_id = _signer(query).loads(cursor)
    except BadData:
        message = "This cursor is not one of this list"
        failure = FieldError(location="query.cursor", message=message, code="cursor_invalid")
        raise Invalid([failure]) from None
    _, parse = SORTED_BY[query.sort.removeprefix("-")]
    return None if value is None else parse(value), UUID(todo_id)


def _signer(query: TodoQuery) -> URLSafeSerializer:
    """Sign for one sort and one set of filters, so that a cursor serves no other list."""
    return URLSafeSerializer(
        current_app.secret_key or "",
        salt=query.model_dump_json(exclude={"cursor", "limit"}),
        signer_kwargs={"digest_method": hashlib.sha256},
    )
