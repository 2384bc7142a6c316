"""The queue in Redis, for those that send jobs and those that run them."""

from functools import cache

from redis import Redis
from rq.serializers import JSONSerializer

from apps.broker.connection import connect, connect_patiently
from apps.broker.jobs import DeclaredJob
from apps.broker.queued import JobQueue

QUEUE = "jobs"


@cache
def sending_queue(url: str) -> JobQueue:
    """Return what sends jobs; whoever sends some more uses the same connections."""
    return _queue(connect(url))


def working_queue(url: str) -> JobQueue:
    """Return what a worker takes jobs from."""
    return _queue(connect_patiently(url))


def _queue(redis: Redis) -> JobQueue:
    return JobQueue(QUEUE, connection=redis, job_class=DeclaredJob, serializer=JSONSerializer)
