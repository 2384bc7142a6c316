"""The service's side of the queue."""

import asyncio

import structlog

from app.settings import Settings
from app.tasks.broker.configuration import make_celery
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

PING_TIMEOUT_SECONDS = 1

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._celery = make_celery(settings)
        self._local = local

    async def start(self, call: Call) -> None:
        try:
            await asyncio.to_thread(self._send, call)
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
            await self._local.start(call)

    async def ping(self) -> None:
        """Answer if the broker does.

        Raises:
            Exception: it does not; which one depends on the broker.
        """
        await asyncio.to_thread(self._ping)

    async def close(self) -> None:
        """Close the connections to the broker."""
        await asyncio.to_thread(self._celery.close)

    def _send(self, call: Call) -> None:
        self._celery.send_task(call.job.name, call.args, call.kwargs)

    def _ping(self) -> None:
        with self._celery.connection_for_write() as connection:
            connection.ensure_connection(max_retries=0, timeout=PING_TIMEOUT_SECONDS)
