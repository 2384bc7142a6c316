"""The service's side of the queue."""

import asyncio

import structlog

from app.settings import Settings
from app.tasks.broker.configuration import make_redis
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

SEND_TIMEOUT_SECONDS = 5
PING_TIMEOUT_SECONDS = 1

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._redis = make_redis(settings)
        self._local = local

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
            redis.exceptions.RedisError, TimeoutError: it does not.
        """
        async with asyncio.timeout(PING_TIMEOUT_SECONDS):
            await self._redis.ping()

    async def close(self) -> None:
        """Close the connections to the broker."""
        await self._redis.aclose(close_connection_pool=True)

    async def _send(self, call: Call) -> None:
        sent = await self._redis.enqueue_job(call.job.name, *call.args, **call.kwargs)
        if sent is None:
            # ARQ takes a connection that ends for a job of the same id, and each has its own.
            raise ConnectionError("Redis did not say that it has the job")
