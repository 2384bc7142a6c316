"""Jobs go through a broker to workers, by Dramatiq."""

from app.settings import Settings
from app.tasks.broker.starter import QueueStarter
from app.tasks.local import LocalStarter
from app.tasks.queue import Starter

__all__ = ["QueueStarter", "make_starter"]


def make_starter(settings: Settings, local: LocalStarter) -> Starter:
    """Return what starts jobs: without a `BROKER_URL`, as in development, this process."""
    return QueueStarter(settings, local) if settings.broker_url else local
