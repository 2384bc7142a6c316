"""What Redis does with jobs, where `BROKER_URL` names one."""

import os
import secrets
import time
from collections.abc import Iterator

import pytest
from dramatiq import Consumer, Message, MessageProxy
from dramatiq.errors import ConnectionClosed

from app.tasks.broker import transport as module
from app.tasks.broker.transport import Transport
from tests.broker import REFUSING, drop

GIVEN = os.environ.get("BROKER_URL", "")
DEADLINE_SECONDS = 20.0

needs_redis = pytest.mark.skipif(not GIVEN, reason="no BROKER_URL")


@pytest.fixture
def queue() -> str:
    return f"test-{secrets.token_hex(6)}"


@pytest.fixture
def transport(queue: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Transport]:
    """One that takes workers for dead after half a second."""
    monkeypatch.setattr(module, "SILENCE_SECONDS", 0.5)
    monkeypatch.setattr(module, "MAINTENANCE_CHANCE", 1_000_000)
    monkeypatch.setattr(module, "POLL_SECONDS", 0.05)
    made = Transport(GIVEN, [])
    yield made
    drop(made, queue)


def send(transport: Transport, queue: str) -> None:
    transport.enqueue(Message(queue, "note", (), {"word": "a job"}, {}))


def take(taker: Consumer, seconds: float = DEADLINE_SECONDS) -> MessageProxy | None:
    deadline = time.monotonic() + seconds
    message = None
    while message is None and time.monotonic() < deadline:
        message = next(taker)
    return message


def found(taker: Consumer) -> MessageProxy:
    message = take(taker)
    assert message is not None
    return message


@needs_redis
def test_the_job_of_a_silent_worker_is_given_to_another(transport: Transport, queue: str) -> None:
    send(transport, queue)
    lost = found(transport.consume(queue))
    assert found(transport.consume(queue)).kwargs == lost.kwargs


@needs_redis
def test_a_worker_that_is_busy_keeps_its_job(transport: Transport, queue: str) -> None:
    send(transport, queue)
    busy, idle = transport.consume(queue, prefetch=1), transport.consume(queue)
    found(busy)
    for _ in range(20):
        assert (next(busy), next(idle)) == (None, None)


@needs_redis
def test_a_job_may_be_done_after_its_connection(transport: Transport, queue: str) -> None:
    send(transport, queue)
    job = found(transport.consume(queue))
    following = transport.consume(queue)
    following.ack(job)
    assert take(following, 1) is None
    assert transport.client.hlen(f"dramatiq:{queue}.msgs") == 0


@needs_redis
def test_what_a_worker_gives_back_is_given_out_at_once(transport: Transport, queue: str) -> None:
    send(transport, queue)
    stopping = transport.consume(queue)
    stopping.requeue([found(stopping)])
    assert take(transport.consume(queue), 0.4) is not None


@needs_redis
def test_what_nobody_can_do_is_set_aside(transport: Transport, queue: str) -> None:
    send(transport, queue)
    taker = transport.consume(queue)
    taker.nack(found(taker))
    assert take(taker, 1) is None
    assert transport.client.zcard(f"dramatiq:{queue}.XQ") == 1


def test_dramatiq_hears_that_redis_is_away(queue: str) -> None:
    away = Transport(REFUSING, [])
    with pytest.raises(ConnectionClosed):
        send(away, queue)
    with pytest.raises(ConnectionClosed):
        next(away.consume(queue))
