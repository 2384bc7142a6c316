"""The worker's side of the queue."""

from collections.abc import Callable
from typing import Any

from app.settings import Settings
from app.tasks.broker.configuration import make_working_queue
from app.tasks.broker.processes import JobWorker
from app.tasks.broker.queued import QueuedJob
from app.tasks.exports import BUILD_EXPORT
from app.tasks.housekeeping import PURGE_EXPIRED, RESUME_EXPORTS
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Job

JOBS: tuple[Job[...], ...] = (SEND_MAIL, BUILD_EXPORT, PURGE_EXPIRED, RESUME_EXPORTS)


def make_worker(settings: Settings, run: Callable[..., None]) -> JobWorker:
    """Build what takes jobs from Redis and runs them.

    `run` is given a job's function and its arguments, and adds what every job is given.

    Raises:
        ValueError: the settings name no broker.
    """
    jobs = {job.name: job for job in JOBS}

    class DeclaredJob(QueuedJob):
        def run(self, *args: Any, **kwargs: Any) -> None:
            run(jobs[str(self.func_name)].run, *args, **kwargs)

        def give_up(self) -> None:
            give_up = jobs[str(self.func_name)].give_up
            if give_up is not None:
                run(give_up, *self.args, **self.kwargs)

    return JobWorker(make_working_queue(settings, DeclaredJob))
