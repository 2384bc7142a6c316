"""Connections to Redis, for those that send jobs and those that run them."""

from redis import Redis
from redis.backoff import ConstantBackoff, NoBackoff
from redis.retry import Retry

SOCKET_TIMEOUT_SECONDS = 5
# How often a worker tries, and how long it waits before each time, until it ends without Redis.
RECONNECTS = 30
RECONNECT_SECONDS = 1


def connect(url: str) -> Redis:
    """Return a client that does not wait for a Redis that is away."""
    return _connect(url, Retry(NoBackoff(), 1))


def connect_patiently(url: str) -> Redis:
    """Return a client that waits: a worker can tell Redis what it has done after a restart."""
    return _connect(url, Retry(ConstantBackoff(RECONNECT_SECONDS), RECONNECTS))


def _connect(url: str, retry: Retry) -> Redis:
    return Redis.from_url(
        url,
        retry=retry,
        socket_connect_timeout=SOCKET_TIMEOUT_SECONDS,
        socket_timeout=SOCKET_TIMEOUT_SECONDS,
    )
