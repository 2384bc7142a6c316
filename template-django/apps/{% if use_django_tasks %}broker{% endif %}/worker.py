"""What does the jobs, one at a time."""

import time
from contextlib import suppress

import structlog
from django.conf import settings
from django.db import Error, connections
from django.utils.crypto import get_random_string

from apps.broker import table
from apps.broker.attempts import ATTEMPTS, pause
from apps.broker.table import Job
from apps.broker.time_limit import TimeLimitExceeded, time_limit

LOOK_SECONDS = 5

log = structlog.get_logger()


class WorkerLost(Exception):
    """A job's worker has ended in the middle of it, and this was the last attempt."""


class Worker:
    def __init__(self) -> None:
        self.id = get_random_string(32)
        self.next_look = 0.0

    def step(self) -> bool:
        """Do the next job; False if there is none."""
        if time.monotonic() >= self.next_look:
            table.give_back_lost()
            self.next_look = time.monotonic() + LOOK_SECONDS
        job = table.claim(self.id)
        if job is not None:
            run(job)
        return job is not None


def run(job: Job) -> None:
    """Try a job that was claimed; each claim is an attempt, even if its worker was lost."""
    attempt = len(job.worker_ids)
    try:
        _call(job, attempt)
    except (Exception, TimeLimitExceeded) as error:
        _drop_connections()
        log.exception("job_failed", job=job.task_name, attempt=attempt)
        if attempt < ATTEMPTS:
            return table.postpone(job, pause(attempt))
        log.error("job_given_up", job=job.task_name, error=type(error).__name__)
        table.give_up(job, error)
    else:
        table.remove(job)


def _call(job: Job, attempt: int) -> None:
    if attempt > ATTEMPTS:
        raise WorkerLost(f"{ATTEMPTS} times")
    result = job.task_result
    with time_limit(settings.JOB_TIME_LIMIT):
        result.task.call(*result.args, **result.kwargs)


def _drop_connections() -> None:
    """Close what a failed job may have left unusable, in the middle of a statement or closed."""
    for connection in connections.all(initialized_only=True):
        with suppress(Error):
            connection.close()
