"""The worker's side of the queue, and the schedule."""

import asyncio
import signal
from collections.abc import Sequence
from typing import Annotated, Any

import structlog
from taskiq import Context, TaskiqDepends, TaskiqMessage, TaskiqScheduler
from taskiq.schedule_sources import LabelScheduleSource

from app.settings import Settings
from app.tasks.broker.attempts import LIFETIME, PAUSE, Attempts, is_stale
from app.tasks.broker.configuration import make_transport
from app.tasks.broker.transport import Transport
from app.tasks.exports import BUILD_EXPORT
from app.tasks.housekeeping import PURGE_EXPIRED, RESUME_EXPORTS, Periodic, periodic_jobs
from app.tasks.mail import SEND_MAIL
from app.tasks.queue import Job, JobContext

JOBS: tuple[Job[...], ...] = (SEND_MAIL, BUILD_EXPORT, PURGE_EXPIRED, RESUME_EXPORTS)

log = structlog.get_logger()


def make_worker(settings: Settings, context: JobContext) -> Transport:
    """Build what takes jobs from the broker and runs them.

    Raises:
        ValueError: the settings name no broker.
    """
    transport = make_transport(settings)
    jobs = {job.name: job for job in JOBS}
    schedule = {one.call.job.name: [_schedule_entry(one)] for one in periodic_jobs(settings)}
    for name, job in jobs.items():
        _register(transport, settings, context, job, schedule.get(name, ()))

    async def give_up(message: TaskiqMessage) -> None:
        await _give_up(settings, context, jobs[message.task_name], message)

    transport.add_middlewares(Attempts(give_up))
    return transport


class Scheduler(TaskiqScheduler):
    """Sends the periodic jobs, when it starts and each time that their interval has passed."""

    def __init__(self, worker: Transport) -> None:
        super().__init__(worker, [LabelScheduleSource(worker)])

    async def startup(self) -> None:
        """Connect to the broker; from now on SIGTERM ends the scheduler cleanly."""
        running = asyncio.current_task()
        if running is not None:
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, running.cancel)
        await super().startup()


def _register(
    transport: Transport,
    settings: Settings,
    context: JobContext,
    job: Job[...],
    schedule: Sequence[dict[str, Any]],
) -> None:
    async def run(*args: Any, taskiq: Annotated[Context, TaskiqDepends()], **kwargs: Any) -> None:
        if is_stale(taskiq.message):
            return
        await asyncio.sleep(taskiq.message.labels.get(PAUSE, 0))
        async with asyncio.timeout(settings.job_time_limit):
            await job.run(context, *args, **kwargs)

    transport.register_task(run, job.name, schedule=schedule)


async def _give_up(
    settings: Settings, context: JobContext, job: Job[...], message: TaskiqMessage
) -> None:
    if job.give_up is not None:
        try:
            async with asyncio.timeout(settings.job_time_limit):
                await job.give_up(context, *message.args, **message.kwargs)
        except Exception:
            log.exception("job_not_given_up", job=job.name)


def _schedule_entry(periodic: Periodic) -> dict[str, Any]:
    """Return Taskiq's form of it. What no worker took in time is superseded by the next one."""
    return {
        "args": periodic.call.args,
        "kwargs": periodic.call.kwargs,
        "interval": periodic.every,
        "labels": {LIFETIME: periodic.every.total_seconds()},
    }
