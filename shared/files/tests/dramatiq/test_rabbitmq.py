"""What RabbitMQ does with jobs, where `BROKER_URL` names one."""

import os
import secrets
from collections.abc import Iterator

import pytest
from dramatiq import Consumer, Message, MessageProxy
from pika import BlockingConnection
from pika.delivery_mode import DeliveryMode

from app.tasks.broker.transport import Transport
from tests.broker import drop

GIVEN = os.environ.get("BROKER_URL", "")
POLLS = 200

needs_rabbitmq = pytest.mark.skipif(not GIVEN, reason="no BROKER_URL")


@pytest.fixture
def queue() -> str:
    return f"test-{secrets.token_hex(6)}"


@pytest.fixture
def transport(queue: str) -> Iterator[Transport]:
    made = Transport(GIVEN, [])
    made.enqueue(Message(queue, "note", (), {"word": "a job"}, {}))
    yield made
    drop(made, queue)
    made.close()


def take(consumer: Consumer) -> MessageProxy:
    return next(message for _ in range(POLLS) if (message := next(consumer)) is not None)


@needs_rabbitmq
def test_the_job_of_a_worker_that_is_gone_is_given_to_another(
    transport: Transport, queue: str
) -> None:
    gone = transport.consume(queue, timeout=100)
    lost = take(gone)
    gone.close()
    other = transport.consume(queue, timeout=100)
    assert take(other).kwargs == lost.kwargs
    other.close()


@needs_rabbitmq
def test_jobs_are_kept_on_disk(transport: Transport, queue: str) -> None:
    connection = BlockingConnection(transport.parameters)
    _, properties, body = connection.channel().basic_get(queue)
    connection.close()
    assert properties is not None
    assert properties.delivery_mode == DeliveryMode.Persistent.value
    assert body is not None


@pytest.mark.parametrize(
    ("path", "name"), [("", "/"), ("/", "/"), ("//", "/"), ("/%2F", "/"), ("/todo", "todo")]
)
def test_an_address_names_a_virtual_host(path: str, name: str) -> None:
    assert Transport(f"amqp://localhost{path}", []).parameters[0].virtual_host == name
