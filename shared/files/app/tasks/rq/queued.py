"""Jobs as Redis keeps them: how they get there, are tried again, and are given up."""

import random
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog
from redis.client import Pipeline
from rq import Queue, Retry
from rq.job import Job
from rq.utils import now

# A failed job is tried again after random pauses of at most 2, 4, 8 seconds, and so on up to this.
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 30
RETRIES = 10
# How long Redis keeps a job that is done. RQ could not delete one at once that a worker has lost
# before: it would take the error for the job's own, and run it again.
DONE_SECONDS = 60
# How long Redis keeps a job that has failed for good, arguments and traceback included.
FAILED_SECONDS = 24 * 60 * 60
# For how long a worker that dies while it looks for lost jobs keeps the others from it.
LOCK_SECONDS = 60

log = structlog.get_logger()


class QueuedJob(Job):
    """A job that the project declares.

    RQ by itself imports what a job's name in Redis points to, and its callbacks, and calls them.
    """

    def run(self, *args: Any, **kwargs: Any) -> None:
        """Do what the job's name stands for."""
        raise NotImplementedError

    def give_up(self) -> None:
        """Do what is to be done once it has failed for good."""
        raise NotImplementedError

    @property
    def func(self) -> Callable[..., None]:
        return self.run

    @property
    def success_callback(self) -> None:
        return None

    @property
    def stopped_callback(self) -> None:
        return None

    @property
    def failure_callback(self) -> Callable[..., None] | None:
        return None if self.should_retry else self._give_up

    def perform(self) -> None:
        super().perform()
        log.info("job_done", job=self.func_name)

    def retry(self, queue: Queue, pipeline: Pipeline) -> None:
        """Have it run again after a pause, in the transaction that ends the attempt.

        RQ by itself says that it waits before that, and a worker that dies in between loses it.
        """
        left = self.retries_left or 0
        self.retries_left = left - 1
        longest = min(FIRST_PAUSE_SECONDS * 2 ** (RETRIES - left), LONGEST_PAUSE_SECONDS)
        pause = timedelta(seconds=random.uniform(0, longest))  # noqa: S311
        queue.schedule_job(self, now() + pause, pipeline=pipeline)

    def _give_up(self, _job: Job, _redis: object, error: type[BaseException], *_: object) -> None:
        log.error("job_given_up", job=self.func_name, error=error.__name__)
        try:
            self.give_up()
        except Exception:
            log.exception("job_not_given_up", job=self.func_name)


class JobQueue(Queue):
    """A list of jobs, and the transactions that add to it."""

    def send(
        self,
        name: str,
        args: Sequence[Any],
        kwargs: Mapping[str, Any],
        *,
        time_limit: int,
        **options: Any,
    ) -> None:
        """Have a worker run a job; `options` are those of RQ's `enqueue_call`.

        Raises:
            redis.exceptions.RedisError: Redis did not take it.
        """
        self.enqueue_call(
            name,
            list(args),
            dict(kwargs),
            timeout=time_limit,
            result_ttl=DONE_SECONDS,
            failure_ttl=FAILED_SECONDS,
            retry=Retry(RETRIES),
            # What RQ would log, and keep, has the arguments.
            description=name,
            **options,
        )

    def acquire_maintenance_lock(self) -> bool:
        return bool(self.connection.set(self.registry_cleaning_key, 1, nx=True, ex=LOCK_SECONDS))
