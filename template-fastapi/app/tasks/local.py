"""Running jobs in this process."""

import random

import anyio
import structlog

from app.tasks.queue import Call, JobContext

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 1.0

log = structlog.get_logger()


class LocalStarter:
    """Runs each job at once, with retries; jobs that are waiting end with their process."""

    def __init__(self, context: JobContext) -> None:
        self.context = context

    async def start(self, call: Call) -> None:
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await call.job.run(self.context, *call.args, **call.kwargs)
            except Exception:
                log.exception("job_failed", job=call.job.name, attempt=attempt)
            if attempt < ATTEMPTS:
                await anyio.sleep(_pause(attempt))
        await self._give_up(call)

    async def _give_up(self, call: Call) -> None:
        try:
            if call.job.give_up is not None:
                await call.job.give_up(self.context, *call.args, **call.kwargs)
        except Exception:
            log.exception("job_not_given_up", job=call.job.name)


def _pause(attempt: int) -> float:
    usual: float = FIRST_PAUSE_SECONDS * 2**attempt
    return usual * random.uniform(0.5, 1.5)  # noqa: S311
