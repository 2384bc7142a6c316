"""What is done about a job that has failed: it is tried again, and given up in the end."""

import random
import time
from collections.abc import Callable
from typing import Any

import structlog
from dramatiq import Broker, MessageProxy, Middleware
from dramatiq.middleware import SkipMessage

from app.tasks.broker import configuration

# Options of a message: which attempt it asks for, and after how many seconds it is stale.
ATTEMPT = "attempt"
LIFETIME = "lifetime"
RESEND_SECONDS = 2.0

log = structlog.get_logger()


class Attempts(Middleware):
    """Sends a job that has failed once more, before the broker hears that the first one is done.

    As long as the broker does not take it, the failed one is not acknowledged: whoever dies
    meanwhile, the broker still has it. Dramatiq's own retries would be lost then.
    """

    def __init__(self, give_up: Callable[[MessageProxy], None]) -> None:
        self._give_up = give_up

    def before_process_message(self, broker: Broker, message: MessageProxy) -> None:
        """Pass over a job that is superseded by the next of its kind.

        Raises:
            SkipMessage: it is; so the worker acknowledges it.
        """
        lifetime = message.options.get(LIFETIME)
        if lifetime is not None and time.time() - message.message_timestamp / 1000 > lifetime:
            raise SkipMessage

    def after_process_message(
        self,
        broker: Broker,
        message: MessageProxy,
        *,
        result: Any = None,
        exception: BaseException | None = None,
    ) -> None:
        """Try again, or give up."""
        if exception is None:
            return
        attempt = message.options.get(ATTEMPT, 1)
        cause = exception.__cause__
        log.error("job_failed", job=message.actor_name, attempt=attempt, exc_info=cause)
        if attempt <= configuration.RETRIES:
            _send_again(broker, message, attempt)
        else:
            log.error("job_given_up", job=message.actor_name, error=type(cause).__name__)
            self._give_up(message)


def _send_again(broker: Broker, message: MessageProxy, attempt: int) -> None:
    following = message.copy(options={ATTEMPT: attempt + 1})
    while True:
        try:
            broker.enqueue(following, delay=int(_pause(attempt) * 1000))
            return
        except Exception as error:
            log.warning("broker_unavailable", job=message.actor_name, error=type(error).__name__)
            time.sleep(RESEND_SECONDS)


def _pause(attempt: int) -> float:
    longest = configuration.FIRST_PAUSE_SECONDS * 2 ** (attempt - 1)
    return random.uniform(0, min(longest, configuration.LONGEST_PAUSE_SECONDS))  # noqa: S311
