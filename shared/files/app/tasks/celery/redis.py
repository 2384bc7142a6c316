"""What is special to Redis as a broker."""

from typing import Any

SOCKET_TIMEOUT_SECONDS = 5
RESTORE_SECONDS = 5


def transport_options(longest_job: float) -> dict[str, Any]:
    """Return options of the connection.

    Redis does not notice that a worker has died: a job that is not done after `longest_job`
    seconds, its pause before a retry included, is given to another.
    """
    return {
        "socket_connect_timeout": SOCKET_TIMEOUT_SECONDS,
        "socket_timeout": SOCKET_TIMEOUT_SECONDS,
        "unacked_restore_interval": RESTORE_SECONDS,
        "unacked_restore_throttle": 1,
        "visibility_timeout": longest_job,
    }
