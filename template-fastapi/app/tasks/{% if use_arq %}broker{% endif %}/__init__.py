"""Jobs go through a broker to workers, by ARQ."""

from app.settings import Settings
from app.tasks.broker.starter import QueueStarter
from app.tasks.local import LocalStarter
from app.tasks.queue import JobContext, Starter

__all__ = ["QueueStarter", "make_starter"]


def make_starter(settings: Settings, context: JobContext) -> Starter:
    """Return what starts jobs: without a `BROKER_URL`, as in development, in this process."""
    local = LocalStarter(context)
    return QueueStarter(settings, local) if settings.broker_url else local
