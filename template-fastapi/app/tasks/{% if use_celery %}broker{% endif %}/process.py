"""A process of the worker."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import cached_property
from typing import Any

from app.database import Database
from app.mail import make_mailer
from app.settings import Settings
from app.tasks.queue import JobContext


class Process:
    """What a process of the worker keeps from job to job: its event loop, its database.

    Both are made when the first job comes, which is after the worker has forked.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    def run(self, function: Callable[..., Awaitable[None]], *args: Any, **kwargs: Any) -> None:
        """Run a job's function to its end.

        Raises:
            TimeoutError: it did not end in time.
        """
        self._runner.run(self._bounded(function, *args, **kwargs))

    async def _bounded(
        self, function: Callable[..., Awaitable[None]], *args: Any, **kwargs: Any
    ) -> None:
        async with asyncio.timeout(self._settings.job_time_limit):
            await function(self._context, *args, **kwargs)

    def close(self) -> None:
        """Close the connections to the database, and the event loop."""
        self._runner.run(self._context.database.dispose())
        self._runner.close()

    @cached_property
    def _runner(self) -> asyncio.Runner:
        return asyncio.Runner()

    @cached_property
    def _context(self) -> JobContext:
        return JobContext(Database(self._settings), make_mailer(self._settings))
