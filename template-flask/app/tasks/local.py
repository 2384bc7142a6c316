"""Running jobs in threads of this process.

When the process ends, the interpreter waits for jobs that run and for those that wait for a thread.
"""

import random
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import AbstractContextManager

import structlog

from app.tasks.queue import Call, JobContext

ATTEMPTS = 3
FIRST_PAUSE_SECONDS = 1.0
THREADS = 2

log = structlog.get_logger()


class LocalStarter:
    """Runs each job with retries, within `surroundings`, such as an app context."""

    def __init__(
        self, context: JobContext, surroundings: Callable[[], AbstractContextManager[object]]
    ) -> None:
        self.context = context
        self._surroundings = surroundings
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="job")
        self._running: set[Future[None]] = set()

    def start(self, call: Call) -> None:
        self.submit(self.run, call)

    def submit(self, function: Callable[[Call], None], call: Call) -> None:
        """Have one of the threads do this with the job."""
        future = self._threads.submit(function, call)
        self._running.add(future)
        future.add_done_callback(self._running.discard)

    def wait(self) -> None:
        """Wait until every job that was started has ended."""
        wait(tuple(self._running))

    def run(self, call: Call) -> None:
        """Run a job to its end."""
        with structlog.contextvars.bound_contextvars(**call.logged), self._surroundings():
            for attempt in range(1, ATTEMPTS + 1):
                try:
                    return call.job.run(self.context, *call.args, **call.kwargs)
                except Exception:
                    log.exception("job_failed", job=call.job.name, attempt=attempt)
                if attempt < ATTEMPTS:
                    time.sleep(_pause(attempt))
            self._give_up(call)

    def _give_up(self, call: Call) -> None:
        try:
            if call.job.give_up is not None:
                call.job.give_up(self.context, *call.args, **call.kwargs)
        except Exception:
            log.exception("job_not_given_up", job=call.job.name)


def _pause(attempt: int) -> float:
    usual: float = FIRST_PAUSE_SECONDS * 2**attempt
    return usual * random.uniform(0.5, 1.5)  # noqa: S311
