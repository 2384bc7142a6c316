"""The service's side of the queue."""

from typing import Any

import structlog
from celery import current_app
from django.tasks.base import TaskResult

from apps.core.tasks import ThreadBackend

PING_TIMEOUT_SECONDS = 1

log = structlog.get_logger()


class CeleryBackend(ThreadBackend):
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def start(self, result: "TaskResult[..., Any]") -> None:
        if not _is_taken(result):
            super().start(result)


def _is_taken(result: "TaskResult[..., Any]") -> bool:
    path = result.task.module_path
    call = (path, result.args, result.kwargs)
    try:
        current_app.send_task("run_job", call, task_id=result.id, shadow=path)
    except Exception as error:
        log.warning("broker_unavailable", job=result.task.name, error=type(error).__name__)
        return False
    return True


def ping() -> None:
    """Answer if the broker does.

    Raises:
        Exception: it does not; which one depends on the broker.
    """
    with current_app.connection_for_write() as connection:
        connection.ensure_connection(max_retries=0, timeout=PING_TIMEOUT_SECONDS)
