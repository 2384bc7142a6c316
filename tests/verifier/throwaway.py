"""An empty database of our own on a real server, dropped afterwards."""

import asyncio
import secrets
from collections.abc import Iterator
from contextlib import contextmanager

import asyncmy
import asyncpg

from tests.verifier.services import PORTS, database_url


@contextmanager
def throwaway_database(database: str, scheme: str) -> Iterator[str]:
    """Give the address of a new database for this choice of `database`, by a driver's scheme."""
    name = f"trivet_{secrets.token_hex(6)}"
    url = create_database(database, name, scheme=scheme)
    try:
        yield url
    finally:
        asyncio.run(execute(database, f"DROP DATABASE {name}"))


def create_database(database: str, name: str, *, scheme: str, port: int | None = None) -> str:
    """Create a database on the server at its usual port or this one, and return its address."""
    address = database_url(database, name, scheme=scheme, port=port)
    asyncio.run(execute(database, f"CREATE DATABASE {name}", port))
    return address


async def execute(database: str, statement: str, port: int | None = None) -> None:
    """Run a statement on the server of this choice of `database`, outside any transaction."""
    port = port or PORTS[database]
    if database == "postgresql":
        postgresql = await _connect_postgresql(port)
        await postgresql.execute(statement)
        await postgresql.close()
        return
    mysql = await asyncmy.connect(host="127.0.0.1", port=port, user="root")
    async with mysql.cursor() as cursor:
        await cursor.execute(statement)
    mysql.close()


async def _connect_postgresql(port: int) -> asyncpg.Connection:
    """Connect; a server that has just begun to listen is not yet ready for long."""
    while True:
        try:
            return await asyncpg.connect(
                host="127.0.0.1", port=port, user="postgres", database="postgres"
            )
        except asyncpg.CannotConnectNowError:
            await asyncio.sleep(0.1)
