"""Sending the periodic jobs."""

import heapq
import time
from typing import NoReturn

import structlog

from app.settings import Settings
from app.tasks.broker.attempts import LIFETIME
from app.tasks.broker.configuration import make_message, make_transport
from app.tasks.housekeeping import Periodic, periodic_jobs

log = structlog.get_logger()


class Scheduler:
    """Sends each periodic job when it starts, and each time that the job's interval has passed."""

    def __init__(self, settings: Settings) -> None:
        self._transport = make_transport(settings)
        self._jobs = periodic_jobs(settings)

    def run(self) -> NoReturn:
        due = [(time.monotonic(), number) for number in range(len(self._jobs))]
        while True:
            moment, number = due[0]
            time.sleep(max(0, moment - time.monotonic()))
            periodic = self._jobs[number]
            self._send(periodic)
            heapq.heapreplace(due, (moment + periodic.every.total_seconds(), number))

    def _send(self, periodic: Periodic) -> None:
        """Send it; what no worker took in time is superseded by the next one."""
        lifetime = {LIFETIME: periodic.every.total_seconds()}
        try:
            self._transport.enqueue(make_message(periodic.call, **lifetime))
        except Exception as error:
            log.warning(
                "broker_unavailable", job=periodic.call.job.name, error=type(error).__name__
            )
