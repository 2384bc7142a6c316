"""The service's side of the queue."""

import asyncio
from contextlib import suppress

import structlog
from taskiq.kicker import AsyncKicker

from app.settings import Settings
from app.tasks.broker.configuration import make_transport
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

SEND_TIMEOUT_SECONDS = 5
PING_TIMEOUT_SECONDS = 1
CLOSE_TIMEOUT_SECONDS = 2

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._transport = make_transport(settings)
        self._local = local
        self._is_connected = False
        self._connecting = asyncio.Lock()

    async def start(self, call: Call) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT_SECONDS):
                await self._send(call)
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
            await self._local.start(call)

    async def ping(self) -> None:
        """Answer if the broker does.

        Raises:
            Exception: it does not; which one depends on the broker.
        """
        async with asyncio.timeout(PING_TIMEOUT_SECONDS):
            await self._transport.ping()

    async def close(self) -> None:
        """Close the connections to the broker, as far as it lets us."""
        with suppress(Exception):
            async with asyncio.timeout(CLOSE_TIMEOUT_SECONDS):
                await self._transport.shutdown()

    async def _send(self, call: Call) -> None:
        await self._connect()
        kicker = AsyncKicker[..., None](call.job.name, self._transport, {})
        await kicker.kiq(*call.args, **call.kwargs)

    async def _connect(self) -> None:
        """Connect with the first job; a service starts, and works, while its broker is away."""
        async with self._connecting:
            if not self._is_connected:
                try:
                    await self._transport.startup()
                except BaseException:
                    await self.close()
                    raise
                self._is_connected = True
