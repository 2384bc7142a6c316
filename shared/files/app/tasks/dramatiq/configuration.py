"""How the queue is set up, for those that send jobs and those that run them."""

from typing import Any

from dramatiq import Message, Middleware

from app.settings import Settings
from app.tasks.broker.transport import Transport
from app.tasks.queue import Call

QUEUE = "jobs"
# A failed job is tried again after random pauses of at most 2, 4, 8 seconds, and so on up to this.
FIRST_PAUSE_SECONDS = 2.0
LONGEST_PAUSE_SECONDS = 30.0
RETRIES = 10


def make_transport(settings: Settings, *middleware: Middleware) -> Transport:
    """Build what carries jobs to and from the broker that the settings name.

    Raises:
        ValueError: they name none.
    """
    if not settings.broker_url:
        raise ValueError("BROKER_URL must be set; without it the service runs its jobs itself")
    return Transport(settings.broker_url, middleware)


def make_message(call: Call, **options: Any) -> Message[Any]:
    """Return what the broker carries of a job."""
    return Message(
        queue_name=QUEUE,
        actor_name=call.job.name,
        args=call.args,
        kwargs=call.kwargs,
        options=options,
    )
