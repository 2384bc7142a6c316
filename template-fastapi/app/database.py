"""Engine, sessions, and the one commit boundary."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

from sqlalchemy import CursorResult, text
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker, create_async_engine
from sqlalchemy.sql.dml import UpdateBase

from app import dialect
from app.settings import Settings


async def count_updated(session: AsyncSession, statement: UpdateBase) -> int:
    """Run an UPDATE or DELETE past the identity map and return how many rows it met."""
    options = {"synchronize_session": False}
    result = await session.execute(statement, execution_options=options)
    return cast(CursorResult[Any], result).rowcount


class Database:
    """The engine of one process and its two kinds of session.

    Reads run in autocommit: each statement sees the latest committed rows, as under READ
    COMMITTED, without the round trips of BEGIN and COMMIT.
    """

    def __init__(self, settings: Settings) -> None:
        self.engine = create_async_engine(settings.database_url, **dialect.engine_options(settings))
        # Outside of statements, as when a connection turns to autocommit, it comes unwrapped.
        self.driver_error: type[Exception] = self.engine.dialect.loaded_dbapi.Error
        dialect.configure(self.engine.sync_engine)
        autocommit = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._writer = async_sessionmaker(self.engine, expire_on_commit=False)
        self._reader = async_sessionmaker(autocommit, expire_on_commit=False)

    @asynccontextmanager
    async def transaction(self) -> AsyncIterator[AsyncSession]:
        """Yield a session; commit when the block ends, roll back when it raises."""
        async with self._writer.begin() as session:
            yield session

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """Yield a session that is only read from."""
        async with self._reader(autoflush=False) as session:
            yield session

    async def ping(self) -> None:
        """Answer if the database does.

        Raises:
            sqlalchemy.exc.SQLAlchemyError, OSError: it does not.
        """
        async with self.reading() as session:
            await session.execute(text("SELECT 1"))

    async def dispose(self) -> None:
        await self.engine.dispose()
