"""The service's side of the queue."""

import asyncio

import structlog

from app.settings import Settings
from app.tasks.broker.configuration import make_message, make_transport
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._transport = make_transport(settings)
        self._local = local

    async def start(self, call: Call) -> None:
        try:
            await asyncio.to_thread(self._transport.enqueue, make_message(call))
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
            await self._local.start(call)

    async def ping(self) -> None:
        """Answer if the broker does.

        Raises:
            Exception: it does not; which one depends on the broker.
        """
        await asyncio.to_thread(self._transport.ping)

    async def close(self) -> None:
        """Close the connections to the broker."""
        await asyncio.to_thread(self._transport.close)
