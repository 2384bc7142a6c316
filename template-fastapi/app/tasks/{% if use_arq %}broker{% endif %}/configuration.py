"""How the queue is set up, for those that send jobs and those that run them."""

import json
from datetime import timedelta
from typing import Any

from arq import ArqRedis
from redis.asyncio import ConnectionPool

from app.settings import Settings

QUEUE = "arq:queue"
# A failed job is tried again after random pauses of at most 2, 4, 8 seconds, and so on up to this.
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0
RETRIES = 10
SOCKET_TIMEOUT_SECONDS = 5
# For what ARQ wants an end of: how long a job may wait for a worker, and how long it may run.
ENDLESS = timedelta(days=365)


def make_redis(settings: Settings) -> ArqRedis:
    """Build the client of the Redis that the settings name. Jobs are JSON there, no pickles.

    Raises:
        ValueError: they name none.
    """
    if not settings.broker_url:
        raise ValueError("BROKER_URL must be set; without it the service runs its jobs itself")
    connections = ConnectionPool.from_url(
        settings.broker_url,
        socket_connect_timeout=SOCKET_TIMEOUT_SECONDS,
        socket_timeout=SOCKET_TIMEOUT_SECONDS,
    )
    return ArqRedis(
        connections,
        job_serializer=to_json,
        job_deserializer=from_json,
        default_queue_name=QUEUE,
        expires_extra_ms=int(ENDLESS.total_seconds() * 1000),
    )


def to_json(job: dict[str, Any]) -> bytes:
    """Return what Redis keeps of a job."""
    return json.dumps(job).encode()


def from_json(job: bytes) -> dict[str, Any]:
    """Return the job again."""
    found: dict[str, Any] = json.loads(job)
    return found
