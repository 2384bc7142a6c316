"""An empty database of our own on a real server, dropped afterwards."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import asyncmy
import asyncpg

from tests.verifier.services import PORTS, database_url


@contextmanager
def throwaway_database(database: str) -> Iterator[str]:
    """Give the address of a new database for this choice of `database`, with its driver."""
    server = database_url(database)
    if server is None:
        raise ValueError(f"{database} has no server")
    name = f"trivet_{secrets.token_hex(6)}"
    asyncio.run(execute(database, f"CREATE DATABASE {name}"))
    try:
        yield f"{server.rpartition('/')[0]}/{name}"
    finally:
        asyncio.run(execute(database, f"DROP DATABASE {name}"))


async def execute(database: str, statement: str) -> None:
    """Run a statement on the server of this choice of `database`, outside any transaction."""
    if database == "postgresql":
        postgresql = await asyncpg.connect(
            host="127.0.0.1", port=PORTS[database], user="postgres", database="postgres"
        )
        await postgresql.execute(statement)
        await postgresql.close()
        return
    mysql = await asyncmy.connect(host="127.0.0.1", port=PORTS[database], user="root")
    async with mysql.cursor() as cursor:
        await cursor.execute(statement)
    mysql.close()
