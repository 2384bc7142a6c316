"""Holding up whoever writes an export, on a database that has a server."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
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
    held, release = Event(), Event()
    parts = urlsplit(database_url)
    work = _hold_postgresql if database == "postgresql" else _hold_mysql
    arguments = (parts.port or 0, parts.path.strip("/"), project.framework.chunks, held, release)
    thread = Thread(target=lambda: asyncio.run(work(*arguments)))
    thread.start()
    held.wait()
    try:
        yield
    finally:
        release.set()
        thread.join()


async def _hold_postgresql(port: int, name: str, table: str, held: Event, release: Event) -> None:
    connection = await asyncpg.connect(host="127.0.0.1", port=port, user="postgres", database=name)
    async with connection.transaction():
        await connection.execute(f"LOCK TABLE {table} IN EXCLUSIVE MODE")
        await _until(held, release)
    await connection.close()


async def _hold_mysql(port: int, name: str, table: str, held: Event, release: Event) -> None:
    connection = await asyncmy.connect(host="127.0.0.1", port=port, user="root", db=name)
    async with connection.cursor() as cursor:
        await cursor.execute(f"LOCK TABLES {table} READ")
        await _until(held, release)
    connection.close()


async def _until(held: Event, release: Event) -> None:
    held.set()
    await asyncio.to_thread(release.wait)
