"""The time limit of a job."""

import faulthandler
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

GRACE_SECONDS = 5


class TimeLimitExceeded(BaseException):
    """A job took too long; none of its own `except Exception` keeps it going."""


@contextmanager
def time_limit(seconds: float) -> Iterator[None]:
    """End the block after this time; where it goes on nevertheless, end the process.

    Raises:
        TimeLimitExceeded: the time is over.
    """

    def end(*_: Any) -> None:
        raise TimeLimitExceeded(f"not done after {seconds} s")

    signal.signal(signal.SIGALRM, end)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    faulthandler.dump_traceback_later(seconds + GRACE_SECONDS, exit=True)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        faulthandler.cancel_dump_traceback_later()
