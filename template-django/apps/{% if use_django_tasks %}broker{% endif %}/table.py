"""The table of jobs: how a worker takes one, and what becomes of it."""

from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.tasks.base import TaskResultStatus
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from apps.broker.time_limit import GRACE_SECONDS
from apps.core.tasks import finish

Job = DBTaskResult[..., object]

# What clocks of several machines may differ by.
SKEW_SECONDS = 10


@transaction.atomic
def claim(worker_id: str) -> Job | None:
    """Take the next job that is due, if there is one, for a lease that outlasts its time limit."""
    job = DBTaskResult.objects.ready().get_locked()
    if job is not None:
        job.claim(worker_id)
    return job


def give_back_lost() -> None:
    """Make the jobs of workers that are gone due again: those whose lease is over."""
    now = timezone.now()
    lease = timedelta(seconds=settings.JOB_TIME_LIMIT + GRACE_SECONDS + SKEW_SECONDS)
    lost = DBTaskResult.objects.running().filter(started_at__lte=now - lease)
    lost.update(status=TaskResultStatus.READY, run_after=now)


def remove(job: Job) -> None:
    """Delete a job that is done, with its arguments: a mail's may hold a token."""
    result = job.task_result
    job.delete()
    finish(result, TaskResultStatus.SUCCESSFUL)


def postpone(job: Job, pause: timedelta) -> None:
    """Make a job due again after a pause."""
    job.status = TaskResultStatus.READY
    job.run_after = timezone.now() + pause
    job.save(update_fields=["status", "run_after"])


def give_up(job: Job, error: BaseException) -> None:
    """Keep of a job why it has failed, and not its arguments."""
    finish(job.task_result, TaskResultStatus.FAILED)
    with transaction.atomic():
        job.args_kwargs = {"args": [], "kwargs": {}}
        job.save(update_fields=["args_kwargs"])
        job.set_failed(error)


def is_asked_for(path: str) -> bool:
    """Tell whether a job of this path waits, or is being done."""
    unfinished = (TaskResultStatus.READY, TaskResultStatus.RUNNING)
    return DBTaskResult.objects.filter(task_path=path, status__in=unfinished).exists()
