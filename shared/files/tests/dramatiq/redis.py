"""What tests need of Redis: one that refuses, and to leave nothing at that of `BROKER_URL`."""

from redis.exceptions import ConnectionError as Refused

from app.tasks.broker.transport import Transport

__all__ = ["REFUSING", "Refused", "drop"]
REFUSING = "redis://127.0.0.1:1/0"


def drop(transport: Transport, queue: str) -> None:
    """Leave nothing of the queue behind."""
    transport.flush(queue)
