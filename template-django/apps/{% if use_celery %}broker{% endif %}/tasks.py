"""The worker's side of the queue: the one Celery task, which runs every job."""

from typing import Any

import structlog
from celery import Task, shared_task
from celery.exceptions import Reject
from django.tasks.base import Task as Job
from django.tasks.base import TaskResult, TaskResultStatus
from django.utils.module_loading import import_string

from apps.broker import retries
from apps.core.tasks import finish, ready

log = structlog.get_logger()


class RunJob(Task[..., None]):
    def on_failure(
        self, exc: Exception, task_id: str, args: Any, kwargs: dict[str, Any], einfo: Any
    ) -> None:
        """Give a job up that has failed each time, or outlived its time limit."""
        log.error("job_given_up", job=args[0], error=type(exc).__name__)
        finish(_find(task_id, *args), TaskResultStatus.FAILED)


@shared_task(
    name="run_job",
    base=RunJob,
    bind=True,
    autoretry_for=(Exception,),
    dont_autoretry_for=(Reject,),
    max_retries=retries.RETRIES,
    retry_backoff=retries.FIRST_PAUSE_SECONDS,
    retry_backoff_max=retries.LONGEST_PAUSE_SECONDS,
    retry_jitter=True,
)
def run_job(self: RunJob, path: str, args: list[Any], kwargs: dict[str, Any]) -> None:
    """Run the job that is found under this path, as in a message of the backend.

    Raises:
        Reject: what is found is no job, so nothing of the message is run.
    """
    result = _find(str(self.request.id), path, args, kwargs)
    result.task.call(*args, **kwargs)
    finish(result, TaskResultStatus.SUCCESSFUL)


def _find(id: str, path: str, args: list[Any], kwargs: dict[str, Any]) -> "TaskResult[..., Any]":
    job = import_string(path)
    if not isinstance(job, Job):
        raise Reject(f"{path} is no job", requeue=False)
    return ready(job, args, kwargs, id=id)
