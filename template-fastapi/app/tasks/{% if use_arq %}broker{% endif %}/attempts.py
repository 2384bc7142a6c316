"""What becomes of a job: it is run, tried again when it has failed, and given up in the end."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import structlog
from arq import Retry

from app.tasks.broker import configuration
from app.tasks.queue import Job, JobContext

log = structlog.get_logger()


@dataclass(frozen=True)
class Attempts:
    """What ARQ runs of a job.

    ARQ counts the attempts that have begun, also those whose worker has died, so that a job that
    kills its workers is given up like one that fails. To give up is an attempt of its own.
    """

    job: Job[...]
    context: JobContext
    time_limit: float

    async def perform(self, ctx: dict[Any, Any], *args: Any, **kwargs: Any) -> None:
        """Make the attempt that it is the time for.

        Raises:
            Retry: it has failed, and is to be made again after a pause.
        """
        attempt = ctx["job_try"]
        if attempt > configuration.RETRIES + 1:
            await self._give_up(*args, **kwargs)
            return
        try:
            await self._run(self.job.run, *args, **kwargs)
        except Exception as error:
            log.exception("job_failed", job=self.job.name, attempt=attempt)
            raise Retry(defer=_pause(attempt)) from error

    async def _give_up(self, *args: Any, **kwargs: Any) -> None:
        log.error("job_given_up", job=self.job.name)
        try:
            if self.job.give_up is not None:
                await self._run(self.job.give_up, *args, **kwargs)
        except Exception:
            log.exception("job_not_given_up", job=self.job.name)

    async def _run(self, action: Callable[..., Awaitable[None]], *args: Any, **kwargs: Any) -> None:
        async with asyncio.timeout(self.time_limit):
            await action(self.context, *args, **kwargs)


def _pause(attempt: int) -> float:
    longest = configuration.FIRST_PAUSE_SECONDS * 2 ** (attempt - 1)
    return random.uniform(0, min(longest, configuration.LONGEST_PAUSE_SECONDS))  # noqa: S311
