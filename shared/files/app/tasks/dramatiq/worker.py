"""The worker's side of the queue."""

import logging
from collections.abc import Callable
from typing import Any

import structlog
from dramatiq import Broker, MessageProxy, Middleware, Retry, Worker, actor
from dramatiq.middleware import Interrupt

from app.settings import Settings
from app.tasks.broker import configuration
from app.tasks.broker.attempts import Attempts
from app.tasks.broker.transport import Transport
from app.tasks.exports import BUILD_EXPORT
from app.tasks.housekeeping import PURGE_EXPIRED, RESUME_EXPORTS
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Job

JOBS: tuple[Job[...], ...] = (SEND_MAIL, BUILD_EXPORT, PURGE_EXPIRED, RESUME_EXPORTS)

log = structlog.get_logger()


def make_worker(settings: Settings, run: Callable[..., None]) -> Transport:
    """Build what takes jobs from the broker and runs them.

    `run` is given a job's function and its arguments, and adds what every job is given.

    Raises:
        ValueError: the settings name no broker.
    """
    # What Dramatiq logs below this has the arguments of jobs, such as the text of a mail.
    logging.getLogger("dramatiq.worker").setLevel(logging.ERROR)
    jobs = {job.name: job for job in JOBS}

    def give_up(message: MessageProxy) -> None:
        _give_up(run, jobs[message.actor_name], message)

    transport = configuration.make_transport(settings, NoStock(), Attempts(give_up))
    for job in jobs.values():
        _register(transport, run, job)
    return transport


class NoStock(Middleware):
    """Has a worker take no more jobs than it runs at once: another could run them meanwhile."""

    def before_worker_boot(self, broker: Broker, worker: Worker) -> None:
        worker.queue_prefetch = worker.worker_threads


def _register(transport: Transport, run: Callable[..., None], job: Job[...]) -> None:
    @actor(actor_name=job.name, queue_name=configuration.QUEUE, broker=transport)
    def perform(*args: Any, **kwargs: Any) -> None:
        try:
            run(job.run, *args, **kwargs)
        except (Exception, Interrupt) as error:
            # Any other exception would be logged by Dramatiq, with the job's arguments.
            raise Retry from error


def _give_up(run: Callable[..., None], job: Job[...], message: MessageProxy) -> None:
    if job.give_up is not None:
        try:
            run(job.give_up, *message.args, **message.kwargs)
        except Exception:
            log.exception("job_not_given_up", job=job.name)
