"""What is special to RabbitMQ as a broker."""

import logging
from collections.abc import Iterable

from dramatiq import Middleware
from dramatiq.brokers.rabbitmq import RabbitmqBroker
from pika import BlockingConnection, URLParameters

TIMEOUT_SECONDS = 2
HEARTBEAT_SECONDS = 10


class Transport(RabbitmqBroker):
    """Durable queues, and messages that RabbitMQ keeps on disk.

    A job counts as sent when RabbitMQ has confirmed that it keeps it; the jobs of a worker whose
    connection ends are given to another at once.
    """

    def __init__(self, url: str, middleware: Iterable[Middleware]) -> None:
        super().__init__(confirm_delivery=True, middleware=list(middleware))
        parameters = URLParameters(url)
        # Pika takes the `//` at the end of an address, which elsewhere is the `/`, for no name.
        parameters.virtual_host = parameters.virtual_host or "/"
        parameters.socket_timeout = parameters.stack_timeout = TIMEOUT_SECONDS
        parameters.blocked_connection_timeout = TIMEOUT_SECONDS
        parameters.heartbeat = HEARTBEAT_SECONDS
        self.parameters = [parameters]
        # It would log each lost connection, which is made anew or reported by whoever needs it.
        logging.getLogger("pika").setLevel(logging.CRITICAL)

    def ping(self) -> None:
        """Answer if RabbitMQ does.

        Raises:
            Exception: it does not; which one depends on what is wrong.
        """
        BlockingConnection(self.parameters).close()
