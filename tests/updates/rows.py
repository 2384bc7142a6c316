"""How many todos a database has, whichever framework wrote them."""

import asyncio
import sqlite3
from urllib.parse import urlsplit

import asyncmy
import asyncpg

TABLES = {"django": "todos_todo"}


def count(url: str, framework: str) -> int:
    """Return the number of todos in the database at this address, whatever driver it names."""
    query = f"SELECT count(*) FROM {TABLES.get(framework, 'todos')}"  # noqa: S608
    parts = urlsplit(url)
    if parts.scheme.startswith("sqlite"):
        with sqlite3.connect(parts.path.removeprefix("/")) as connection:
            found: int = connection.execute(query).fetchone()[0]
            return found
    return asyncio.run((_mysql if parts.scheme.startswith("mysql") else _postgresql)(url, query))


async def _postgresql(url: str, query: str) -> int:
    connection = await asyncpg.connect(urlsplit(url)._replace(scheme="postgresql").geturl())
    try:
        return int(await connection.fetchval(query))
    finally:
        await connection.close()


async def _mysql(url: str, query: str) -> int:
    parts = urlsplit(url)
    connection = await asyncmy.connect(
        host=parts.hostname,
        port=parts.port,
        user=parts.username,
        password=parts.password or "",
        db=parts.path[1:],
    )
    async with connection.cursor() as cursor:
        await cursor.execute(query)
        [found] = await cursor.fetchone()
    connection.close()
    return int(found)
