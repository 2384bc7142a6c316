"""Metrics on an address and port of their own."""

import errno

import structlog
from django.conf import settings
from prometheus_client import start_http_server

from apps.metrics.collectors import collected

log = structlog.get_logger()


def start_server() -> None:
    """Serve the metrics on `METRICS_PORT`, if it is set; the first worker to come does."""
    if not settings.METRICS_PORT:
        return
    try:
        start_http_server(settings.METRICS_PORT, addr=settings.METRICS_HOST, registry=collected())
    except OSError as error:
        if error.errno != errno.EADDRINUSE:
            raise
        log.warning("metrics_port_taken", port=settings.METRICS_PORT)
