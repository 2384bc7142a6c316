"""What is special to Redis as a broker: who has taken a job, and whether they live."""

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from copy import copy
from typing import Any
from uuid import uuid4

from dramatiq import Consumer, Message, MessageProxy, Middleware
from dramatiq.brokers.redis import RedisBroker
from dramatiq.errors import ConnectionClosed
from redis import Redis
from redis.backoff import NoBackoff
from redis.exceptions import RedisError
from redis.retry import Retry

SOCKET_TIMEOUT_SECONDS = 5
# Redis does not notice that a worker has died: its jobs are given to others after this silence.
SILENCE_SECONDS = 60
POLL_SECONDS = 0.5
# How many commands of a million look for them; so each worker does every ten seconds or so.
MAINTENANCE_CHANCE = 50_000


@contextmanager
def _told_to_dramatiq() -> Iterator[None]:
    """Turn each error of Redis into the one after which Dramatiq connects again."""
    try:
        yield
    except RedisError as error:
        raise ConnectionClosed(error) from None  # type: ignore[no-untyped-call]


class Transport(RedisBroker):
    """Lists of jobs, and for each that takes some a set of those that it has not done yet."""

    def __init__(self, url: str, middleware: Iterable[Middleware]) -> None:
        client = Redis.from_url(
            url,
            socket_timeout=SOCKET_TIMEOUT_SECONDS,
            socket_connect_timeout=SOCKET_TIMEOUT_SECONDS,
            retry=Retry(NoBackoff(), 1),
        )
        super().__init__(  # type: ignore[no-untyped-call]
            client=client,
            middleware=list(middleware),
            heartbeat_timeout=SILENCE_SECONDS * 1000,
            maintenance_chance=MAINTENANCE_CHANCE,
        )

    def ping(self) -> None:
        """Answer if Redis does.

        Raises:
            redis.exceptions.RedisError: it does not.
        """
        self.client.ping()

    @_told_to_dramatiq()
    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        """Send a job.

        Raises:
            ConnectionClosed: Redis did not take it.
        """
        return super().enqueue(message, delay=delay)

    def consume(self, queue_name: str, prefetch: int = 1, timeout: int = 5000) -> Consumer:
        return Taker(self, queue_name, prefetch)


class Taken(MessageProxy):
    """A job, and under which name it was taken."""

    def __init__(self, message: Message[Any], taker: Transport) -> None:
        super().__init__(message)
        self.taker = taker


class Taker(Consumer):
    """Takes jobs one by one, under a name that no connection before or beside it has.

    With Dramatiq's own consumer a worker has one name all its life, and what it had taken when a
    connection ended is lost as long as it lives. This one's silence ends with it.
    """

    def __init__(self, transport: Transport, queue: str, prefetch: int) -> None:
        self._redis = copy(transport)
        self._redis.broker_id = str(uuid4())
        self._queue = queue
        self._prefetch = prefetch
        self._taken: set[str] = set()

    @_told_to_dramatiq()
    def __next__(self) -> MessageProxy | None:
        data = self._take()
        if data is None:
            time.sleep(POLL_SECONDS)
            return None
        message = Taken(Message.decode(data), self._redis)
        self._taken.add(message.options["redis_message_id"])
        return message

    def _take(self) -> bytes | None:
        if len(self._taken) < self._prefetch:
            found: list[bytes | None] = self._redis.do_fetch(self._queue, 1)
            return found[0] if found else None
        self._redis.do_qsize(self._queue)  # Any command says that this worker lives.
        return None

    @_told_to_dramatiq()
    def ack(self, message: MessageProxy) -> None:
        message.taker.do_ack(self._queue, message.options["redis_message_id"])
        self._taken.discard(message.options["redis_message_id"])

    @_told_to_dramatiq()
    def nack(self, message: MessageProxy) -> None:
        message.taker.do_nack(self._queue, message.options["redis_message_id"])
        self._taken.discard(message.options["redis_message_id"])

    @_told_to_dramatiq()
    def requeue(self, messages: Iterable[MessageProxy]) -> None:
        for message in messages:
            message.taker.do_requeue(self._queue, message.options["redis_message_id"])
