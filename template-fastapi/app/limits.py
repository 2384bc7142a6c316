"""Attempts per address and per account, counted in Redis or, without it, in this process."""

import math
import time
from typing import Any

import structlog
from limits import RateLimitItem, parse
from limits.aio.storage import MemoryStorage, RedisStorage
from limits.aio.strategies import MovingWindowRateLimiter
from redis.asyncio import BlockingConnectionPool
from redis.exceptions import RedisError

from app.errors import RateLimited
from app.settings import Settings

log = structlog.get_logger()


class AttemptLimiter:
    def __init__(self, settings: Settings) -> None:
        self.limit: RateLimitItem = parse(settings.auth_rate_limit)
        self._local = MovingWindowRateLimiter(MemoryStorage())
        self._shared = self._local
        if settings.redis_url:
            self._pool = BlockingConnectionPool.from_url(settings.redis_url)
            options: dict[str, Any] = {"connection_pool": self._pool}
            url = f"async+{settings.redis_url}"
            self._redis = RedisStorage(url, implementation="redispy", **options)
            self._shared = MovingWindowRateLimiter(self._redis)

    @property
    def is_shared(self) -> bool:
        """Whether attempts are counted in Redis."""
        return self._shared is not self._local

    async def close(self) -> None:
        """Close the connections to Redis."""
        if self.is_shared:
            await self._pool.aclose()

    async def ping(self) -> None:
        """Answer if Redis does.

        Raises:
            RedisError, OSError: it does not.
        """
        if not await self._redis.check():
            raise RedisError("no answer")

    async def hit(self, endpoint: str, kind: str, name: str) -> None:
        """Count one attempt; when Redis does not answer, count it in this process.

        Raises:
            RateLimited: the limit of this name on this endpoint was reached.
        """
        try:
            await self._hit(self._shared, endpoint, kind, name)
        except (RedisError, OSError):
            log.warning("rate_limits_are_local")
            await self._hit(self._local, endpoint, kind, name)

    async def _hit(self, limiter: MovingWindowRateLimiter, *identifiers: str) -> None:
        if not await limiter.hit(self.limit, *identifiers):
            window = await limiter.get_window_stats(self.limit, *identifiers)
            raise RateLimited(max(1, math.ceil(window.reset_time - time.time())))
