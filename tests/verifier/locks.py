"""Holding up whoever writes an export, on a database that has a server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from urllib.parse import urlsplit

import asyncmy
import asyncpg

from tests.verifier.project import Project


@contextmanager
def locked(project: Project, database_url: str) -> Iterator[None]:
    """Let nobody write contents of exports until the block ends; on SQLite everybody may."""
    database = str(project.answers["database"])
    if database == "sqlite":
        yield
        return
    parts = urlsplit(database_url)
    lock = _postgresql if database == "postgresql" else _mysql
    with asyncio.Runner() as runner:
        held = AsyncExitStack()
        name = parts.path.strip("/")
        runner.run(held.enter_async_context(lock(parts.port or 0, name, project.framework.chunks)))
        try:
            yield
        finally:
            runner.run(held.aclose())


@asynccontextmanager
async def _postgresql(port: int, name: str, table: str) -> AsyncIterator[None]:
    connection = await asyncpg.connect(host="127.0.0.1", port=port, user="postgres", database=name)
    try:
        async with connection.transaction():
            await connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
            yield
    finally:
        await connection.close()


@asynccontextmanager
async def _mysql(port: int, name: str, table: str) -> AsyncIterator[None]:
    connection = await asyncmy.connect(host="127.0.0.1", port=port, user="root", db=name)
    try:
        async with connection.cursor() as cursor:
            await cursor.execute(f"LOCK TABLES {table} READ")
            yield
    finally:
        connection.close()
