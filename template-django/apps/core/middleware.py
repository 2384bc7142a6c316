"""The outermost layers: request ids, the access log, security headers, the limit of bodies."""

import re
import time
from collections.abc import Callable
from uuid import uuid4

import structlog
from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, UnreadablePostError
from django.http.response import HttpResponseBase

from apps.core.problems import REQUEST_ID, problem

SANE_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
AUTH_PREFIX = "/api/v1/auth/"
CREDENTIALS = ("Authorization", "Cookie")
SECURITY_HEADERS = {
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
}
HSTS = f"max-age={settings.SECURE_HSTS_SECONDS}; includeSubDomains"

GetResponse = Callable[[HttpRequest], HttpResponseBase]

log = structlog.get_logger("app.access")


class RequestContextMiddleware:
    """Names every request, in its answer and in every line that it logs."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        request_id = _request_id(request.headers.get("X-Request-ID"))
        request.META[REQUEST_ID] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        started = time.perf_counter()
        response = self.get_response(request)
        response["X-Request-ID"] = request_id
        log.info(
            "request",
            method=request.method,
            path=request.path,
            status=response.status_code,
            duration_ms=round((time.perf_counter() - started) * 1000, 2),
        )
        return response


class SecurityHeadersMiddleware:
    """Adds what Django's own middleware does not: more headers, and HSTS behind a TLS proxy."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self.headers = dict(SECURITY_HEADERS)
        if settings.PUBLIC_URL.startswith("https://"):
            self.headers["Strict-Transport-Security"] = HSTS

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        for name, value in self.headers.items():
            response.headers.setdefault(name, value)
        has_credentials = any(name in request.headers for name in CREDENTIALS)
        if has_credentials or request.path.startswith(AUTH_PREFIX):
            response["Cache-Control"] = "no-store"
        return response


class BodyLimitMiddleware:
    """Refuses bodies over `DATA_UPLOAD_MAX_MEMORY_SIZE`, announced by a Content-Length or not."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            size = _size(request)
        except RequestDataTooBig:
            return problem(request, 413, "The body is over 1 MiB")
        except UnreadablePostError:
            return problem(request, 400, "The body cannot be read")
        # The framework reads no body without it, and a body that came in chunks has none.
        request.META["CONTENT_LENGTH"] = str(size)
        return self.get_response(request)


def _size(request: HttpRequest) -> int:
    """Read the body, and return its length in bytes.

    Raises:
        RequestDataTooBig: it is over the limit; the framework says so of an announced length.
    """
    size = len(request.body)
    if size > settings.DATA_UPLOAD_MAX_MEMORY_SIZE:
        raise RequestDataTooBig
    return size


def _request_id(sent: str | None) -> str:
    return sent if sent is not None and SANE_ID.fullmatch(sent) else uuid4().hex
