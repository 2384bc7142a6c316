"""How the queue is set up, for those that send jobs and those that run them."""

from app.settings import Settings
from app.tasks.broker.transport import Transport

QUEUE = "taskiq"
# A failed job is tried again after random pauses of at most 2, 4, 8 seconds, and so on up to this.
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0
RETRIES = 10
# What a worker that lives may need besides, until a job that it has taken is acknowledged.
GRACE_SECONDS = 5


def make_transport(settings: Settings) -> Transport:
    """Build what carries jobs to and from the broker that the settings name.

    Raises:
        ValueError: they name none.
    """
    if not settings.broker_url:
        raise ValueError("BROKER_URL must be set; without it the service runs its jobs itself")
    longest_job = LONGEST_PAUSE_SECONDS + settings.job_time_limit + GRACE_SECONDS
    return Transport(settings.broker_url, queue=QUEUE, longest_job=longest_job)
