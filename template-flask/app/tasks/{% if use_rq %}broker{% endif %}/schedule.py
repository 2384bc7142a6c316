"""The scheduler's side of the queue."""

import structlog

from app.settings import Settings
from app.tasks.broker.clock import send_when_due
from app.tasks.broker.configuration import make_queue
from app.tasks.housekeeping import periodic_jobs

log = structlog.get_logger()


def send_periodic_jobs(settings: Settings) -> None:
    """Send the periodic jobs when they are due, until a signal comes.

    What no worker took in time is superseded by the next one, and so is what Redis did not take.

    Raises:
        ValueError: the settings name no broker.
        SystemExit: a signal came.
    """
    queue = make_queue(settings)
    jobs = {periodic.call.job.name: periodic for periodic in periodic_jobs(settings)}

    def send(name: str) -> None:
        call, every = jobs[name].call, jobs[name].every
        limits = {"time_limit": settings.job_time_limit, "ttl": int(every.total_seconds())}
        try:
            queue.send(name, call.args, call.kwargs, **limits)
        except Exception as error:
            log.warning("broker_unavailable", job=name, error=type(error).__name__)

    send_when_due({name: periodic.every for name, periodic in jobs.items()}, send)
