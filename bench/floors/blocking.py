"""The work that the backends do for a request, on the bare driver: psycopg, no ORM."""

import os
import re
from threading import local
from typing import Any
from uuid import UUID, uuid4

import psycopg
from psycopg.rows import dict_row

from bench.floors import queries
from bench.floors.shown import authenticate, shown

PLACEHOLDER = re.compile(r"\$\d")
USER, LIST, GET, CREATE = (
    PLACEHOLDER.sub("%s", query)
    for query in (queries.USER, queries.LIST, queries.GET, queries.CREATE)
)

_kept = local()


def list_todos(header: str) -> dict[str, Any]:
    """Return the first page of the caller's todos."""
    rows = _fetch(LIST, _find_user(header))
    return {"items": [shown(row) for row in rows[:20]], "next_cursor": "x"}


def get_todo(header: str, todo: str) -> dict[str, Any]:
    """Return one of the caller's todos."""
    return shown(_fetch(GET, _find_user(header), UUID(todo))[0])


def create_todo(header: str, title: str) -> dict[str, Any]:
    """Create a todo and return it."""
    return shown(_fetch(CREATE, uuid4(), _find_user(header), title, title.casefold())[0])


def _find_user(header: str) -> UUID:
    user: UUID = _fetch(USER, authenticate(header))[0]["id"]
    return user


def _fetch(query: str, *values: Any) -> list[dict[str, Any]]:
    """Run a query on this thread's own connection, in autocommit."""
    if not hasattr(_kept, "connection"):
        dsn = os.environ["DATABASE_URL"].replace("+psycopg", "")
        _kept.connection = psycopg.connect(dsn, autocommit=True, row_factory=dict_row)
    rows: list[dict[str, Any]] = _kept.connection.execute(query, values).fetchall()
    return rows
