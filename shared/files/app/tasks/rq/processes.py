"""A worker's processes: one takes jobs and forks another for each; one ends pauses."""

import os
import signal
import sys
from contextlib import suppress
from threading import Thread

from rq import Queue, Worker
from rq.callbacks import execute_failure_callback
from rq.exceptions import AbandonedJobError
from rq.job import Job

# A worker without jobs looks so often for those that others have lost: RQ does so only between
# two waits for a job, each of which is 15 seconds shorter than `worker_ttl`.
LOOK_SECONDS = 15
WORKER_TTL_SECONDS = 15 + LOOK_SECONDS


class JobWorker(Worker):
    """Runs a job at a time, in a process of its own.

    A job that ignores its time limit is killed a minute later. The jobs of a worker that has
    died are found by another, a minute and a half after its last sign of life.
    """

    max_connection_wait_time = 5.0

    def __init__(self, queue: Queue) -> None:
        super().__init__(
            [queue],
            connection=queue.connection,
            job_class=queue.job_class,
            queue_class=type(queue),
            serializer=queue.serializer,
            maintenance_interval=LOOK_SECONDS,
            worker_ttl=WORKER_TTL_SECONDS,
        )
        self._was_stopped = False

    def run(self) -> None:
        """Run jobs until SIGTERM or SIGINT comes, and finish the one that runs then.

        Raises:
            SystemExit: it ends for another reason, as when Redis stays away.
        """
        end_forks_with_this_process()
        self.work(with_scheduler=True, logging_level="WARNING")
        if not self._was_stopped:
            sys.exit(1)

    def handle_warm_shutdown_request(self) -> None:
        self._was_stopped = True

    def handle_work_horse_killed(
        self, job: Job, retpid: object, ret_val: object, rusage: object
    ) -> None:
        """Do what is done when an attempt fails in any other way."""
        error = AbandonedJobError()
        execute_failure_callback(job, self.death_penalty_class, type(error), error, None)

    def subscribe(self) -> None:
        """Take no commands, for which a thread would wait; whoever reaches Redis may send them."""


def end_forks_with_this_process() -> None:
    """Have each process that is forked from now on end with this one, even if it is killed.

    Otherwise the job of a killed worker goes on in its own process, beside the one that another
    worker begins.
    """
    reading, writing = os.pipe()

    def begin() -> None:
        with suppress(OSError):  # A fork of a fork has closed it before.
            os.close(writing)
        Thread(target=end, daemon=True).start()

    def end() -> None:
        os.read(reading, 1)  # Nobody writes: it returns when the last who could has ended.
        os.kill(os.getpid(), signal.SIGKILL)

    os.register_at_fork(after_in_child=begin)
