"""How often a job is tried, and when again."""

import random
from datetime import timedelta

ATTEMPTS = 11
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 30


def pause(attempt: int) -> timedelta:
    """Return a random pause of at most 2, 4, 8 seconds, and so on up to the longest one."""
    longest = min(FIRST_PAUSE_SECONDS * 2 ** (attempt - 1), LONGEST_PAUSE_SECONDS)
    return timedelta(seconds=random.uniform(0, longest))  # noqa: S311
