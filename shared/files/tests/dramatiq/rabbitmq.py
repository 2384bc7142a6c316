"""What tests need of RabbitMQ: one that refuses, and to leave nothing at that of `BROKER_URL`."""

from dramatiq.common import dq_name, xq_name
from pika import BlockingConnection
from pika.exceptions import AMQPConnectionError as Refused

from app.tasks.broker.transport import Transport

__all__ = ["REFUSING", "Refused", "drop"]
REFUSING = "amqp://127.0.0.1:1//"


def drop(transport: Transport, queue: str) -> None:
    """Leave nothing of the queue behind."""
    connection = BlockingConnection(transport.parameters)
    channel = connection.channel()
    for name in (queue, dq_name(queue), xq_name(queue)):
        channel.queue_delete(name)
    connection.close()
