"""The service's side of the queue."""

from typing import Any

import structlog
from django.conf import settings
from django.tasks.base import TaskResult

from apps.broker.queues import sending_queue
from apps.core.tasks import ThreadBackend

log = structlog.get_logger()


class RQBackend(ThreadBackend):
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def start(self, result: "TaskResult[..., Any]") -> None:
        if not _is_taken(result):
            super().start(result)


def _is_taken(result: "TaskResult[..., Any]") -> bool:
    try:
        sending_queue(settings.BROKER_URL).send(
            result.task.module_path,
            result.args,
            result.kwargs,
            time_limit=settings.JOB_TIME_LIMIT,
            job_id=result.id,
        )
    except Exception as error:
        log.warning("broker_unavailable", job=result.task.name, error=type(error).__name__)
        return False
    return True


def ping() -> None:
    """Answer if the broker does.

    Raises:
        redis.exceptions.RedisError: it does not.
    """
    sending_queue(settings.BROKER_URL).connection.ping()
