"""What asks for the periodic jobs when they are due."""

import time
from datetime import timedelta

from django.conf import settings
from django.utils.module_loading import import_string

from apps.broker import table


class Scheduler:
    """Aligned with the clock, so that a restart delays no job that is hourly."""

    def __init__(self) -> None:
        self.due = {path: _following(every) for path, every in settings.PERIODIC_JOBS.items()}

    def step(self) -> bool:
        """Ask for what is due, but for jobs that still wait; False, as it is done then."""
        for path, every in settings.PERIODIC_JOBS.items():
            if time.time() >= self.due[path]:
                if not table.is_asked_for(path):
                    import_string(path).enqueue()
                self.due[path] = _following(every)
        return False


def _following(every: timedelta) -> float:
    period = every.total_seconds()
    return (time.time() // period + 1) * period
