"""Jobs run in threads of this process, after the answer was sent."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import cache, partial
from typing import Any

import structlog
from django.db import connections, transaction
from django.tasks.backends.base import BaseTaskBackend
from django.tasks.base import Task, TaskResult, TaskResultStatus
from django.utils import timezone
from django.utils.crypto import get_random_string

JOBS_AT_ONCE = 2

log = structlog.get_logger()


def after_commit[**P](job: "Task[P, Any]", *arguments: P.args, **named: P.kwargs) -> None:
    """Enqueue the job once the transaction has committed, at once where there is none."""
    transaction.on_commit(partial(job.enqueue, *arguments, **named))


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
        jobs_pool().submit(_run, task.name, partial(task.call, *args, **kwargs))
        return TaskResult(
            task=task,
            id=get_random_string(32),
            status=TaskResultStatus.READY,
            enqueued_at=timezone.now(),
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=args,
            kwargs=kwargs,
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def _run(name: str, job: Callable[[], Any]) -> None:
    try:
        job()
    except Exception:
        log.exception("job_failed", job=name)
    finally:
        connections.close_all()
