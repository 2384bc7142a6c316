"""What is measured, and the port of its own that may serve it.

With several workers, each answers for all of them where `PROMETHEUS_MULTIPROC_DIR` names an empty
folder at start (https://prometheus.github.io/client_python/multiprocess/).
"""

import errno
import os
from threading import Thread
from wsgiref.simple_server import WSGIServer

import structlog
from prometheus_client import (
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    start_http_server,
)
from prometheus_client.multiprocess import MultiProcessCollector

from app.settings import Settings

UNMATCHED = "unmatched"

requests_total = Counter(
    "http_requests_total", "HTTP requests answered", ["method", "route", "status"]
)
request_seconds = Histogram(
    "http_request_duration_seconds", "Time to answer, in seconds", ["method", "route"]
)
requests_in_progress = Gauge(
    "http_requests_in_progress", "HTTP requests under way", multiprocess_mode="livesum"
)

log = structlog.get_logger()


def collected() -> CollectorRegistry:
    """Return what this worker counted, or all of them where they share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry


def start_server(settings: Settings) -> tuple[WSGIServer, Thread] | None:
    """Serve the metrics on `METRICS_PORT`, if it is set; the first worker to come does."""
    if settings.metrics_port is None:
        return None
    try:
        return start_http_server(
            settings.metrics_port, addr=settings.metrics_host, registry=collected()
        )
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        log.warning("metrics_port_taken", port=settings.metrics_port)
        return None
