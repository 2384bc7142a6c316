"""The work that the backends do for a request, on the bare driver: asyncpg, no ORM."""

import os
from typing import Any
from uuid import UUID, uuid4

import asyncpg

from bench.floors.queries import CREATE, GET, LIST, USER
from bench.floors.shown import authenticate, shown

POOL_SIZE = 10


async def open_pool() -> Any:
    """Open as many connections as the rendered project keeps; nothing on them needs a reset."""
    dsn = os.environ["DATABASE_URL"].replace("+asyncpg", "")
    return await asyncpg.create_pool(dsn, min_size=POOL_SIZE, max_size=POOL_SIZE, reset=_keep)


async def _keep(connection: Any) -> None:
    """Leave the connection as it is."""


async def list_todos(connection: Any, header: str) -> dict[str, Any]:
    """Return the first page of the caller's todos."""
    owner = await find_user(connection, header)
    rows = await connection.fetch(LIST, owner)
    return {"items": [shown(row) for row in rows[:20]], "next_cursor": "x"}


async def get_todo(connection: Any, header: str, todo: str) -> dict[str, Any]:
    """Return one of the caller's todos."""
    owner = await find_user(connection, header)
    return shown(await connection.fetchrow(GET, owner, UUID(todo)))


async def create_todo(connection: Any, header: str, title: str) -> dict[str, Any]:
    """Create a todo and return it."""
    owner = await find_user(connection, header)
    return shown(await connection.fetchrow(CREATE, uuid4(), owner, title, title.casefold()))


async def find_user(connection: Any, header: str) -> UUID:
    """Return the id of the active user whom the token names."""
    user: UUID = (await connection.fetchrow(USER, authenticate(header)))["id"]
    return user
