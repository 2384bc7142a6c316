"""When a failed job is tried again.

That is after random pauses of at most 2, 4, 8 seconds, and so on up to the longest one.
"""

RETRIES = 10
FIRST_PAUSE_SECONDS = 2
LONGEST_PAUSE_SECONDS = 30
