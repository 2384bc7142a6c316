"""Attempts are counted in Redis where it answers, else in this process."""

import os
import secrets
import time
from concurrent.futures import ThreadPoolExecutor
from threading import Lock, Timer

import pytest
from redis.exceptions import RedisError

from apps.core.errors import RateLimited
from apps.core.limits import AttemptLimiter

NO_SERVER = "redis://127.0.0.1:1/0"
SERVERS = ["", NO_SERVER, *filter(None, [os.environ.get("REDIS_URL")])]


@pytest.mark.parametrize("redis_url", SERVERS)
def test_the_second_attempt_is_one_too_many(redis_url: str) -> None:
    limiter, name = AttemptLimiter("1/minute", redis_url), secrets.token_hex(8)
    limiter.hit("token", "account", name)
    with pytest.raises(RateLimited) as refused:
        limiter.hit("token", "account", name)
    assert 1 <= refused.value.retry_after <= 60


def test_attempts_at_once_take_turns(monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = AttemptLimiter("100/minute", "")
    start, starting = Timer.start, Lock()

    def start_slowly(timer: Timer) -> None:
        assert starting.acquire(blocking=False)
        time.sleep(0.05)
        start(timer)
        starting.release()

    time.sleep(0.05)
    monkeypatch.setattr(Timer, "start", start_slowly)
    with ThreadPoolExecutor(4) as threads:
        list(threads.map(lambda name: limiter.hit("token", "account", name), "abcd"))


def test_readiness_needs_redis_to_answer() -> None:
    limiter = AttemptLimiter("1/minute", NO_SERVER)
    assert limiter.is_shared
    with pytest.raises(RedisError, match="no answer"):
        limiter.ping()
