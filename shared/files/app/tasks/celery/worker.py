"""The worker's side of the queue, and the schedule."""

from collections.abc import Callable
from typing import Any

import structlog
from celery import Celery
from celery.schedules import schedule

from app.settings import Settings
from app.tasks.broker import configuration
from app.tasks.exports import BUILD_EXPORT
from app.tasks.housekeeping import PURGE_EXPIRED, RESUME_EXPORTS, Periodic, periodic_jobs
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Job

JOBS: tuple[Job[...], ...] = (SEND_MAIL, BUILD_EXPORT, PURGE_EXPIRED, RESUME_EXPORTS)

log = structlog.get_logger()


def make_worker(settings: Settings, run: Callable[..., None]) -> Celery:
    """Build the app that runs jobs, and sends the periodic ones where it runs as the scheduler.

    `run` is given a job's function and its arguments, and adds what every job is given.

    Raises:
        ValueError: the settings name no broker.
    """
    celery = configuration.make_celery(settings)
    for job in JOBS:
        _register(celery, run, job)
    celery.conf.beat_schedule = {
        periodic.call.job.name: _schedule_entry(periodic) for periodic in periodic_jobs(settings)
    }
    return celery


def _register(celery: Celery, run: Callable[..., None], job: Job[...]) -> None:
    def task(*args: Any, **kwargs: Any) -> None:
        run(job.run, *args, **kwargs)

    def give_up(
        _task: Any, error: Exception, _id: str, args: Any, kwargs: dict[str, Any], _info: Any
    ) -> None:
        log.error("job_given_up", job=job.name, error=type(error).__name__)
        if job.give_up is not None:
            run(job.give_up, *args, **kwargs)

    celery.task(
        name=job.name,
        shared=False,
        on_failure=give_up,
        autoretry_for=(Exception,),
        max_retries=configuration.RETRIES,
        retry_backoff=configuration.FIRST_PAUSE_SECONDS,
        retry_backoff_max=configuration.LONGEST_PAUSE_SECONDS,
        retry_jitter=True,
    )(task)


def _schedule_entry(periodic: Periodic) -> dict[str, Any]:
    """Return Celery's form of it, aligned with the clock: a restart delays no job that is hourly.

    What no worker took in time is superseded by the next one.
    """
    return {
        "task": periodic.call.job.name,
        "args": periodic.call.args,
        "kwargs": periodic.call.kwargs,
        "schedule": schedule(periodic.every, relative=True),
        "options": {"expires": periodic.every.total_seconds()},
    }
