"""When the periodic jobs are due."""

import signal
import sys
import time
from collections.abc import Callable, Mapping
from datetime import timedelta


def send_when_due(intervals: Mapping[str, timedelta], send: Callable[[str], None]) -> None:
    """Send each job when its interval has passed by the clock, until SIGTERM or SIGINT comes.

    So a restart delays no job that is hourly.

    Raises:
        SystemExit: a signal came.
    """
    for signum in (signal.SIGTERM, signal.SIGINT):
        signal.signal(signum, _end)
    due = {name: _next(interval) for name, interval in intervals.items()}
    while True:
        time.sleep(max(0.0, min(due.values()) - time.time()))
        for name in [name for name, moment in due.items() if moment <= time.time()]:
            send(name)
            due[name] = _next(intervals[name])


def _next(interval: timedelta) -> float:
    seconds = interval.total_seconds()
    return (time.time() // seconds + 1) * seconds


def _end(_signal: int, _frame: object) -> None:
    sys.exit()
