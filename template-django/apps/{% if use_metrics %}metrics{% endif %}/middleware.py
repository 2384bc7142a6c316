"""Counts requests by the route's template, never by the path: paths are without number."""

import time

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from apps.core.middleware import GetResponse
from apps.metrics.collectors import request_seconds, requests_in_progress, requests_total
from apps.metrics.server import start_server

UNMATCHED = "unmatched"


class MetricsMiddleware:
    """Is built once in each process that serves, which is when the metrics' own server starts."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        start_server()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        started = time.perf_counter()
        with requests_in_progress.track_inprogress():
            response = self.get_response(request)
        route = route_template(request)
        request_seconds.labels(request.method, route).observe(time.perf_counter() - started)
        requests_total.labels(request.method, route, response.status_code).inc()
        return response


def route_template(request: HttpRequest) -> str:
    """Return the path of the route that answered, with its parameters unfilled."""
    match = request.resolver_match
    return f"/{match.route}" if match else UNMATCHED
