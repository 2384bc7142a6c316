"""What is done about a job that has failed: it is tried again, and given up in the end."""

import random
import time
from collections.abc import Awaitable, Callable

import structlog
from taskiq import TaskiqMessage, TaskiqMiddleware, TaskiqResult
from taskiq.kicker import AsyncKicker

from app.tasks.broker import configuration

# Labels of a message: which attempt it asks for, the pause before it in seconds, when it was sent
# in seconds of the clock, and after how many of them it is stale.
ATTEMPT = "attempt"
PAUSE = "pause"
SENT_AT = "sent_at"
LIFETIME = "lifetime"

log = structlog.get_logger()


class Attempts(TaskiqMiddleware):
    """Sends a job that has failed once more, before the broker hears that the first one is done.

    The worker that takes it makes the pause, while the job is still the broker's: a pause loses
    no job, whoever dies during it.
    """

    def __init__(self, give_up: Callable[[TaskiqMessage], Awaitable[None]]) -> None:
        super().__init__()
        self._give_up = give_up

    def pre_send(self, message: TaskiqMessage) -> TaskiqMessage:
        message.labels[SENT_AT] = time.time()
        return message

    async def on_error(
        self, message: TaskiqMessage, result: TaskiqResult[None], exception: BaseException
    ) -> None:
        """Try again, or give up.

        Raises:
            taskiq.exceptions.SendTaskError: the broker did not take it; it keeps the failed one.
        """
        attempt = message.labels.get(ATTEMPT, 1)
        if attempt > configuration.RETRIES:
            log.error("job_given_up", job=message.task_name, error=type(exception).__name__)
            await self._give_up(message)
        else:
            labels = {ATTEMPT: attempt + 1, PAUSE: _pause(attempt)}
            kicker = AsyncKicker[..., None](message.task_name, self.broker, labels)
            await kicker.kiq(*message.args, **message.kwargs)


def is_stale(message: TaskiqMessage) -> bool:
    """Return whether the job is superseded by the next of its kind."""
    lifetime = message.labels.get(LIFETIME)
    return lifetime is not None and time.time() - message.labels[SENT_AT] > lifetime


def _pause(attempt: int) -> float:
    longest = configuration.FIRST_PAUSE_SECONDS * 2 ** (attempt - 1)
    return random.uniform(0, min(longest, configuration.LONGEST_PAUSE_SECONDS))  # noqa: S311
