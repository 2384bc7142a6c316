"""Jobs run in threads of this process, after the answer was sent.

A job may be run again after a failure or a crash, so that a second run must change nothing. Once
it is done, or has failed for good, `django.tasks.signals.task_finished` is sent.
"""

import random
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from functools import cache
from typing import Any

import structlog
from django.db import connections
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.tasks.signals import task_finished
from django.utils import timezone
from django.utils.crypto import get_random_string

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 1.0
JOBS_AT_ONCE = 2

log = structlog.get_logger()


@cache
def jobs_pool() -> ThreadPoolExecutor:
    """The threads of this process; backends are made anew for each thread that enqueues."""
    return ThreadPoolExecutor(JOBS_AT_ONCE, thread_name_prefix="jobs")


class ThreadBackend(BaseTaskBackend):
    """Runs tasks in a pool of threads, which the interpreter drains before it exits."""

    def enqueue[**P](
        self, task: "Task[P, Any]", args: list[Any], kwargs: dict[str, Any]
    ) -> "TaskResult[P, Any]":
        self.validate_task(task)
        result = ready(task, args, kwargs, id=get_random_string(32))
        jobs_pool().submit(self.start, result)
        return result

    def start(self, result: "TaskResult[..., Any]") -> None:
        """See to it that the job is run; one of the threads calls this."""
        run(result)


def ready[**P](
    task: "Task[P, Any]", args: list[Any], kwargs: dict[str, Any], *, id: str
) -> "TaskResult[P, Any]":
    """Return what is known of a job that is to be run.

    Raises:
        TypeError: an argument is none that JSON has.
    """
    return TaskResult(
        task=task,
        id=id,
        status=TaskResultStatus.READY,
        enqueued_at=timezone.now(),
        started_at=None,
        last_attempted_at=None,
        finished_at=None,
        args=args,
        kwargs=kwargs,
        backend=task.backend,
        errors=[],
        worker_ids=[],
    )


def run(result: "TaskResult[..., Any]") -> None:
    """Run a job in this process to its end, with retries."""
    for attempt in range(1, ATTEMPTS + 1):
        if _try(result, attempt):
            return finish(result, TaskResultStatus.SUCCESSFUL)
        if attempt < ATTEMPTS:
            time.sleep(_pause(attempt))
    finish(result, TaskResultStatus.FAILED)


def finish(result: "TaskResult[..., Any]", status: TaskResultStatus) -> None:
    """Tell whoever listens that a job is done, or has failed for good."""
    finished = replace(result, status=status, finished_at=timezone.now())
    task_finished.send_robust(ThreadBackend, task_result=finished)
    connections.close_all()


def _try(result: "TaskResult[..., Any]", attempt: int) -> bool:
    try:
        result.task.call(*result.args, **result.kwargs)
    except Exception:
        log.exception("job_failed", job=result.task.name, attempt=attempt)
        return False
    finally:
        connections.close_all()
    return True


def _pause(attempt: int) -> float:
    usual: float = FIRST_PAUSE_SECONDS * 2**attempt
    return usual * random.uniform(0.5, 1.5)  # noqa: S311
