"""What is counted."""

import os

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram
from prometheus_client.multiprocess import MultiProcessCollector

requests_total = Counter(
    "http_requests_total", "HTTP requests answered", ["method", "route", "status"]
)
request_seconds = Histogram(
    "http_request_duration_seconds", "Time to answer, in seconds", ["method", "route"]
)
requests_in_progress = Gauge(
    "http_requests_in_progress", "HTTP requests under way", multiprocess_mode="livesum"
)


def collected() -> CollectorRegistry:
    """Return what this worker counted, or all of them where they share a folder."""
    if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:
        return REGISTRY
    registry = CollectorRegistry()
    MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return registry
