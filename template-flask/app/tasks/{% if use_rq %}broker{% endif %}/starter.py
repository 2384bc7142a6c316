"""The service's side of the queue."""

import structlog

from app.settings import Settings
from app.tasks.broker.configuration import make_queue
from app.tasks.local import LocalStarter
from app.tasks.queue import Call

log = structlog.get_logger()


class QueueStarter:
    """Sends jobs to the workers; one that the broker does not take is run in this process."""

    def __init__(self, settings: Settings, local: LocalStarter) -> None:
        self._queue = make_queue(settings)
        self._time_limit = settings.job_time_limit
        self._local = local

    def start(self, call: Call) -> None:
        self._local.submit(self._send, call)

    def ping(self) -> None:
        """Answer if the broker does.

        Raises:
            redis.exceptions.RedisError: it does not.
        """
        self._queue.connection.ping()

    def _send(self, call: Call) -> None:
        try:
            self._queue.send(call.job.name, call.args, call.kwargs, time_limit=self._time_limit)
        except Exception as error:
            log.warning("broker_unavailable", job=call.job.name, error=type(error).__name__)
            self._local.run(call)
