"""A queue in memory, for tests without a broker."""

from collections.abc import Iterable
from typing import Any

from dramatiq import Message, Middleware
from dramatiq.brokers.stub import StubBroker

QUEUES: dict[str, Any] = {}
DELAY_QUEUES: set[str] = set()


class MemoryTransport(StubBroker):
    """Carries jobs within this process, from any instance to any other."""

    def __init__(self, _url: str, middleware: Iterable[Middleware]) -> None:
        super().__init__(list(middleware))
        self.queues = QUEUES
        self.delay_queues = DELAY_QUEUES

    def ping(self) -> None: ...

    def enqueue(self, message: Message[Any], *, delay: int | None = None) -> Message[Any]:
        self.declare_queue(message.queue_name)
        return super().enqueue(message, delay=delay)


def drop(_transport: object, _queue: str) -> None:
    """Leave nothing of the queue behind."""
    QUEUES.clear()
    DELAY_QUEUES.clear()
