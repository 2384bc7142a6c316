"""How the queue is set up, for those that send jobs and those that run them."""

from redis import Redis
from rq.serializers import JSONSerializer

from app.settings import Settings
from app.tasks.broker.connection import connect, connect_patiently
from app.tasks.broker.queued import JobQueue, QueuedJob

QUEUE = "jobs"


def make_queue(settings: Settings) -> JobQueue:
    """Build what sends jobs to the Redis that the settings name.

    Raises:
        ValueError: they name none.
    """
    return _queue(connect(_url(settings)), QueuedJob)


def make_working_queue(settings: Settings, job_class: type[QueuedJob]) -> JobQueue:
    """Build what a worker takes jobs from.

    Raises:
        ValueError: the settings name no Redis.
    """
    return _queue(connect_patiently(_url(settings)), job_class)


def _queue(redis: Redis, job_class: type[QueuedJob]) -> JobQueue:
    return JobQueue(QUEUE, connection=redis, job_class=job_class, serializer=JSONSerializer)


def _url(settings: Settings) -> str:
    if not settings.broker_url:
        raise ValueError("BROKER_URL must be set; without it the service runs its jobs itself")
    return settings.broker_url
