"""Attempts per address and per account, counted in Redis or, without it, in this process."""

import math
import time
from threading import Lock

import structlog
from limits import RateLimitItem, parse
from limits.storage import MemoryStorage, RedisStorage
from limits.strategies import MovingWindowRateLimiter
from redis import BlockingConnectionPool
from redis.exceptions import RedisError

from app.errors import RateLimited
from app.settings import Settings

REDIS_TIMEOUT_SECONDS = 1

log = structlog.get_logger()


class LocalStorage(MemoryStorage):
    """Counts in this process, for one thread at a time: of two, both would start the timer that
    forgets old attempts, which can be started once."""

    def __init__(self) -> None:
        super().__init__()
        self._turn = Lock()

    def acquire_entry(self, key: str, limit: int, expiry: int, amount: int = 1) -> bool:
        with self._turn:
            return super().acquire_entry(key, limit, expiry, amount)


class AttemptLimiter:
    def __init__(self, settings: Settings) -> None:
        self.limit: RateLimitItem = parse(settings.auth_rate_limit)
        self._local = MovingWindowRateLimiter(LocalStorage())
        self._shared = self._local
        if settings.redis_url:
            pool = BlockingConnectionPool.from_url(
                settings.redis_url,
                timeout=REDIS_TIMEOUT_SECONDS,
                socket_timeout=REDIS_TIMEOUT_SECONDS,
                socket_connect_timeout=REDIS_TIMEOUT_SECONDS,
            )
            self._redis = RedisStorage(settings.redis_url, connection_pool=pool)
            self._shared = MovingWindowRateLimiter(self._redis)

    @property
    def is_shared(self) -> bool:
        """Whether attempts are counted in Redis."""
        return self._shared is not self._local

    def ping(self) -> None:
        """Answer if Redis does.

        Raises:
            RedisError, OSError: it does not.
        """
        if not self._redis.check():
            raise RedisError("no answer")

    def hit(self, endpoint: str, kind: str, name: str) -> None:
        """Count one attempt; when Redis does not answer, count it in this process.

        Raises:
            RateLimited: the limit of this name on this endpoint was reached.
        """
        try:
            self._hit(self._shared, endpoint, kind, name)
        except (RedisError, OSError):
            log.warning("rate_limits_are_local")
            self._hit(self._local, endpoint, kind, name)

    def _hit(self, limiter: MovingWindowRateLimiter, *identifiers: str) -> None:
        if not limiter.hit(self.limit, *identifiers):
            window = limiter.get_window_stats(self.limit, *identifiers)
            raise RateLimited(max(1, math.ceil(window.reset_time - time.time())))
