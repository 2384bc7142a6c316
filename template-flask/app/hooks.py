"""What happens around every request: its id, the size of its body, headers, the access log."""

import re
import time
from uuid import uuid4

import structlog
from flask import Flask, Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from app.extensions import db, settings

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
MAXIMUM_BYTES = 1 << 20
SAFE_METHODS = ("GET", "HEAD")
AUTH_PREFIX = "/api/v1/auth/"
CREDENTIALS = ("Authorization", "Cookie")
API_CSP = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
SECURITY_HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Content-Security-Policy": API_CSP,
}
HSTS = "max-age=31536000; includeSubDomains"

log = structlog.get_logger("app.access")


def init_app(app: Flask) -> None:
    # One byte more than a body may have is read, to tell a body that is too large.
    app.config["MAX_CONTENT_LENGTH"] = MAXIMUM_BYTES + 1
    app.before_request(_begin)
    app.before_request(_refuse_large_body)
    app.before_request(_read_in_autocommit)
    app.after_request(_add_headers)
    app.after_request(_log)


def _begin() -> None:
    sent = request.headers.get("X-Request-ID", "")
    g.request_id = sent if REQUEST_ID.fullmatch(sent) else uuid4().hex
    g.started = time.perf_counter()
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _refuse_large_body() -> None:
    """Read the body, announced by a Content-Length or not.

    Raises:
        RequestEntityTooLarge: it is over 1 MiB.
    """
    if len(request.get_data()) > MAXIMUM_BYTES:
        raise RequestEntityTooLarge


def _read_in_autocommit() -> None:
    if request.method in SAFE_METHODS:
        db.read_only(db.session)


def _add_headers(response: Response) -> Response:
    for name, value in SECURITY_HEADERS.items():
        response.headers.setdefault(name, value)
    response.headers["X-Request-ID"] = g.request_id
    if request.is_secure or settings.public_url.startswith("https://"):
        response.headers["Strict-Transport-Security"] = HSTS
    has_credentials = any(name in request.headers for name in CREDENTIALS)
    if has_credentials or request.path.startswith(AUTH_PREFIX):
        response.headers["Cache-Control"] = "no-store"
    return response


def _log(response: Response) -> Response:
    log.info(
        "request",
        method=request.method,
        path=request.path,
        status=response.status_code,
        duration_ms=round((time.perf_counter() - g.started) * 1000, 2),
    )
    return response
