"""The service's side of the queue."""

import structlog

from app.settings import Settings
from app.tasks.broker.configuration import make_message, make_transport
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._transport = make_transport(settings)
        self._local = local

    def start(self, call: Call) -> None:
        self._local.submit(self._send, call)

    def ping(self) -> None:
        """Answer if the broker does.

        Raises:
            Exception: it does not; which one depends on the broker.
        """
        self._transport.ping()

    def _send(self, call: Call) -> None:
        try:
            self._transport.enqueue(make_message(call))
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
            self._local.run(call)
