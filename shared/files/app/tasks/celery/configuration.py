"""How Celery is set up, for those that send jobs and those that run them."""

from celery import Celery

from app.settings import Settings
from app.tasks.broker.transport import transport_options

QUEUE = "jobs"
CONNECT_TIMEOUT_SECONDS = 2
# A failed job is tried again after random pauses of at most 2, 4, 8 seconds, and so on up to this.
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 30
RETRIES = 10
# What is left to a job that has ignored its time limit, before its process is killed.
GRACE_SECONDS = 5


def make_celery(settings: Settings) -> Celery:
    """Build an app for the broker that the settings name.

    Raises:
        ValueError: they name none.
    """
    if not settings.broker_url:
        raise ValueError("BROKER_URL must be set; without it the service runs its jobs itself")
    kill_after = settings.job_time_limit + GRACE_SECONDS
    celery = Celery("app", broker=settings.broker_url, set_as_current=False)
    celery.conf.update(
        broker_connection_retry_on_startup=True,
        broker_connection_timeout=CONNECT_TIMEOUT_SECONDS,
        broker_transport_options=transport_options(LONGEST_PAUSE_SECONDS + kill_after),
        task_acks_late=True,
        task_default_queue=QUEUE,
        task_ignore_result=True,
        task_publish_retry=False,
        task_reject_on_worker_lost=True,
        task_time_limit=kill_after,
        worker_cancel_long_running_tasks_on_connection_loss=True,
        worker_enable_remote_control=False,
        worker_prefetch_multiplier=1,
    )
    return celery
