"""What is special to RabbitMQ as a broker."""

from typing import Any

SOCKET_TIMEOUT_SECONDS = 5


def transport_options(_longest_job: float) -> dict[str, Any]:
    """Return options of the connection.

    A job counts as sent when RabbitMQ has confirmed that it keeps it; the job of a worker whose
    connection ends is given to another at once.
    """
    return {
        "confirm_publish": True,
        "read_timeout": SOCKET_TIMEOUT_SECONDS,
        "write_timeout": SOCKET_TIMEOUT_SECONDS,
    }
