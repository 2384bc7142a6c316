"""Prometheus metrics: how many requests, how long they take, how many are under way."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import APIRouter, FastAPI, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.metrics.collectors import (
    UNMATCHED,
    collected,
    request_seconds,
    requests_in_progress,
    requests_total,
    start_server,
)
from app.settings import Settings

router = APIRouter(include_in_schema=False)


@router.get("/metrics")
async def metrics() -> Response:
    return Response(generate_latest(collected()), media_type=CONTENT_TYPE_LATEST)


def expose_metrics(app: FastAPI, settings: Settings) -> None:
    """Serve the metrics beside the API at /metrics, unless they have a port of their own."""
    if settings.metrics_port is None:
        app.include_router(router)


@contextmanager
def metrics_server(settings: Settings) -> Iterator[None]:
    """Serve the metrics on a port of their own, if they have one."""
    started = start_server(settings)
    yield
    if started is not None:
        server, thread = started
        server.shutdown()
        server.server_close()
        thread.join()


class MetricsMiddleware:
    """Labels by the route's template, never by the path: paths are without number."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        status = 500

        async def remember_status(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        started = time.perf_counter()
        with requests_in_progress.track_inprogress():
            try:
                await self.app(scope, receive, remember_status)
            finally:
                route = route_template(scope)
                seconds = time.perf_counter() - started
                request_seconds.labels(scope["method"], route).observe(seconds)
                requests_total.labels(scope["method"], route, status).inc()


def route_template(scope: Scope) -> str:
    """Return the path of the route that answered, with its parameters unfilled."""
    path: str = getattr(scope.get("route"), "path", UNMATCHED)
    return path
