"""Sending the periodic jobs."""

import asyncio
from typing import NoReturn

import structlog

from app.settings import Settings
from app.tasks.broker import configuration
from app.tasks.housekeeping import Periodic, periodic_jobs
from app.tasks.queue import Call

SEND_TIMEOUT_SECONDS = 5

log = structlog.get_logger()


class Scheduler:
    """Sends each periodic job when it starts, and each time that the job's interval has passed."""

    def __init__(self, settings: Settings) -> None:
        self._redis = configuration.make_redis(settings)
        self._jobs = periodic_jobs(settings)

    async def run(self) -> None:
        try:
            async with asyncio.TaskGroup() as group:
                for periodic in self._jobs:
                    group.create_task(self._repeat(periodic))
        finally:
            await self._redis.aclose(close_connection_pool=True)

    async def _repeat(self, periodic: Periodic) -> NoReturn:
        clock = asyncio.get_running_loop().time
        due = clock()
        while True:
            await self._send(periodic.call)
            due += periodic.every.total_seconds()
            await asyncio.sleep(due - clock())

    async def _send(self, call: Call) -> None:
        """Send it, unless it still waits or runs: ARQ takes no second job with the same id."""
        job_id = f"{configuration.QUEUE}:{call.job.name}"
        try:
            async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
                await self._redis.enqueue_job(
                    call.job.name, *call.args, _job_id=job_id, **call.kwargs
                )
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
