"""Attempts are counted in Redis where it answers, else in this process."""

import asyncio
import os
import secrets
import socket

import pytest
from redis.exceptions import RedisError

from app.errors import RateLimited
from app.limits import AttemptLimiter
from tests.conftest import make_settings

SERVERS = [url for url in (os.environ.get("REDIS_URL"),) if url]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


async def hit_twice(limiter: AttemptLimiter) -> None:
    name = secrets.token_hex(8)
    await limiter.hit("token", "account", name)
    await limiter.hit("token", "account", name)


@pytest.mark.parametrize("redis_url", ["", f"redis://127.0.0.1:{free_port()}/0", *SERVERS])
def test_the_second_attempt_is_one_too_many(redis_url: str) -> None:
    settings = make_settings(auth_rate_limit="1/minute", redis_url=redis_url)
    with pytest.raises(RateLimited) as refused:
        asyncio.run(hit_twice(AttemptLimiter(settings)))
    assert 1 <= refused.value.retry_after <= 60


def test_readiness_needs_redis_to_answer() -> None:
    limiter = AttemptLimiter(make_settings(redis_url=f"redis://127.0.0.1:{free_port()}/0"))
    assert limiter.is_shared
    with pytest.raises(RedisError, match="no answer"):
        asyncio.run(limiter.ping())
