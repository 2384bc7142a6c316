"""The worker's side of the queue."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any

import structlog
from arq import Worker, func
from redis.exceptions import RedisError

from app.settings import Settings
from app.tasks.broker import configuration
from app.tasks.broker.attempts import Attempts
from app.tasks.exports import BUILD_EXPORT
from app.tasks.housekeeping import PURGE_EXPIRED, RESUME_EXPORTS
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Job, JobContext

JOBS: tuple[Job[...], ...] = (SEND_MAIL, BUILD_EXPORT, PURGE_EXPIRED, RESUME_EXPORTS)
JOBS_AT_ONCE = 10
# How many of the jobs that wait a worker looks at: those that others do are among them.
JOBS_IN_SIGHT = 1000
# What a worker that lives may need besides, until Redis knows that a job is done.
GRACE_SECONDS = 10
# How long a worker finishes what it runs after a SIGTERM; the rest goes back to the others.
STOP_SECONDS = 30
RECONNECT_SECONDS = 1.0

log = structlog.get_logger()


class JobWorker(Worker):
    """Takes jobs from Redis and runs them, and outlives a Redis that is away."""

    def __init__(self, settings: Settings, context: JobContext) -> None:
        # What ARQ logs below this has the arguments of jobs, such as the text of a mail.
        logging.getLogger("arq.worker").setLevel(logging.WARNING)
        limit = settings.job_time_limit
        super().__init__(
            [func(Attempts(job, context, limit).perform, name=job.name) for job in JOBS],
            queue_name=configuration.QUEUE,
            redis_pool=configuration.make_redis(settings),
            job_serializer=configuration.to_json,
            job_deserializer=configuration.from_json,
            max_jobs=JOBS_AT_ONCE,
            queue_read_limit=JOBS_IN_SIGHT,
            # An attempt has a limit of its own: ARQ would not try again what exceeds this one.
            job_timeout=configuration.ENDLESS,
            max_tries=2 * configuration.RETRIES,
            keep_result=0,
            job_completion_wait=STOP_SECONDS,
        )
        # Redis does not notice that a worker has died: others take its jobs after this time.
        self.in_progress_timeout_s = limit + GRACE_SECONDS
        self.slots_held = 0

    async def serve(self) -> None:
        """Take jobs until a signal comes, and then finish those that run."""
        try:
            with suppress(asyncio.CancelledError):
                await self.async_run()
        finally:
            await asyncio.gather(*self.tasks.values(), return_exceptions=True)
            await self.pool.aclose(close_connection_pool=True)

    async def main(self) -> None:
        await _patiently(super().main)

    async def start_jobs(self, job_ids: list[bytes]) -> None:
        """Begin jobs, none that still runs here; ARQ would when its time at Redis is over."""
        try:
            await super().start_jobs([id for id in job_ids if id.decode() not in self.tasks])
        except RedisError:
            self._free_slot()
            raise

    def run_job(self, job_id: str, score: int) -> Coroutine[Any, Any, None]:
        """Run a job, which holds its slot from now on, even if it does not begin at once."""
        self.slots_held += 1
        return super().run_job(job_id, score)

    async def heart_beat(self) -> None:
        """End a worker that is stopped and idle; Python 3.11 may lose ARQ's cancellation of it."""
        if not self.allow_pick_jobs and not self.tasks:
            raise asyncio.CancelledError
        await super().heart_beat()

    async def finish_job(self, *args: Any, **kwargs: Any) -> None:
        """Tell Redis how an attempt has ended; what it does not hear is done once more."""
        await _patiently(partial(super().finish_job, *args, **kwargs))

    def _release_sem_dec_counter_on_complete(self) -> None:
        super()._release_sem_dec_counter_on_complete()
        self.slots_held -= 1

    def _free_slot(self) -> None:
        """Free that of a job which could not be begun; ARQ would have one less for good."""
        if self.job_counter > self.slots_held:
            self.job_counter -= 1
            self.sem.release()


async def _patiently(action: Callable[[], Awaitable[None]]) -> None:
    """Do something that needs Redis, again and again while that is away."""
    while True:
        try:
            await action()
        except RedisError as error:
            log.warning("broker_unavailable", error=type(error).__name__)
            await asyncio.sleep(RECONNECT_SECONDS)
        else:
            return
