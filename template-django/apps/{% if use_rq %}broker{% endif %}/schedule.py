"""The scheduler's side of the queue."""

import structlog
from django.conf import settings

from apps.broker.clock import send_when_due
from apps.broker.queues import sending_queue

log = structlog.get_logger()


def send_periodic_jobs() -> None:
    """Send the periodic jobs when they are due, until a signal comes.

    What no worker took in time is superseded by the next one, and so is what Redis did not take.

    Raises:
        SystemExit: a signal came.
    """
    send_when_due({path: every for path, (every, _) in settings.PERIODIC_JOBS.items()}, _send)


def _send(path: str) -> None:
    every, arguments = settings.PERIODIC_JOBS[path]
    limits = {"time_limit": settings.JOB_TIME_LIMIT, "ttl": int(every.total_seconds())}
    try:
        sending_queue(settings.BROKER_URL).send(path, [], arguments, **limits)
    except Exception as error:
        log.warning("broker_unavailable", job=path, error=type(error).__name__)
