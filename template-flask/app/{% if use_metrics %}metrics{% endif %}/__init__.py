"""Prometheus metrics: how many requests, how long they take, how many are under way."""

import time
from functools import cache

from flask import Blueprint, Flask, Response, g, request
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from app.metrics.collectors import (
    UNMATCHED,
    collected,
    request_seconds,
    requests_in_progress,
    requests_total,
    start_server,
)
from app.settings import Settings

blueprint = Blueprint("metrics", __name__)


@blueprint.get("/metrics")
def metrics() -> Response:
    return Response(generate_latest(collected()), content_type=CONTENT_TYPE_LATEST)


def expose_metrics(app: Flask, settings: Settings) -> None:
    """Measure requests; serve the metrics at /metrics, unless they have a port of their own.

    That port is opened by the first request: commands build an app too, and serve nothing.
    """
    app.before_request(_begin)
    app.after_request(_count)
    app.teardown_request(_end)
    if settings.metrics_port is None:
        app.register_blueprint(blueprint)
    else:
        app.before_request(cache(lambda: _open_port(settings)))


def _open_port(settings: Settings) -> None:
    start_server(settings)


def _begin() -> None:
    g.metrics_started = time.perf_counter()
    requests_in_progress.inc()


def _end(_error: BaseException | None) -> None:
    requests_in_progress.dec()


def _count(response: Response) -> Response:
    """Label by the route's template, never by the path: paths are without number."""
    route = request.url_rule.rule if request.url_rule else UNMATCHED
    seconds = time.perf_counter() - g.metrics_started
    request_seconds.labels(request.method, route).observe(seconds)
    requests_total.labels(request.method, route, response.status_code).inc()
    return response
