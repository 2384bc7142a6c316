"""Every error answer: RFC 9457 problems, made in one place."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from flask import Flask, Response, g, json, request
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException
from werkzeug.wsgi import get_path_info

from app import errors, sqlite
from app.extensions import db

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "1"

STATUSES: dict[type[errors.DomainError], int] = {
    errors.Unauthenticated: 401,
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.BadToken: 400,
    errors.PreconditionFailed: 412,
    errors.Unavailable: 503,
    errors.RateLimited: 429,
    errors.Invalid: 422,
}

log = structlog.get_logger()


class InvalidRequest(Exception):
    """Parts of the request that their schemas refuse."""

    def __init__(self, failures: Sequence[errors.FieldFailure]) -> None:
        super().__init__("The request is not valid")
        self.failures = failures


def problem(
    status: int,
    detail: str,
    *,
    failures: Sequence[errors.FieldFailure] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the answer to the present request."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": get_path_info(request.environ),
        "request_id": g.request_id,
    }
    if failures:
        content["errors"] = [
            {"location": printable(f.location), "message": printable(f.message), "code": f.code}
            for f in failures
        ]
    return Response(json.dumps(content), status=status, headers=headers, mimetype=MEDIA_TYPE)


def printable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 answer can hold."""
    return text.encode("utf-8", "replace").decode()


def init_app(app: Flask) -> None:
    with app.app_context():
        # Outside of statements, as when a connection turns to autocommit, it comes unwrapped.
        driver_error: type[Exception] = db.engine.dialect.loaded_dbapi.Error
    app.register_error_handler(errors.DomainError, _on_domain_error)
    app.register_error_handler(InvalidRequest, _on_invalid_request)
    app.register_error_handler(HTTPException, _on_http_exception)
    app.register_error_handler(IntegrityError, _on_integrity_error)
    for kind in (DBAPIError, driver_error, PoolTimeoutError, OSError):
        app.register_error_handler(kind, _on_database_error)
    app.register_error_handler(Exception, _on_unhandled_error)


def _on_domain_error(error: errors.DomainError) -> Response:
    headers: dict[str, str] = {}
    failures: list[errors.FieldFailure] = []
    if isinstance(error, errors.Unauthenticated):
        headers["WWW-Authenticate"] = error.scheme
    if isinstance(error, errors.RateLimited):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    if isinstance(error, errors.Invalid):
        failures.append(error.failure)
    return problem(STATUSES[type(error)], str(error), failures=failures, headers=headers)


def _on_invalid_request(error: InvalidRequest) -> Response:
    return problem(422, str(error), failures=error.failures)


def _on_http_exception(error: HTTPException) -> Response:
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else None
    return problem(error.code or 500, error.description or error.name, headers=headers)


def _on_integrity_error(error: Exception) -> Response:
    log.warning("concurrent_change", error=type(error).__name__)
    return problem(409, "The data was changed by another request; try again")


def _on_database_error(error: Exception) -> Response:
    """Answer 503; 409 where SQLite's one writer may be the first request with the same key."""
    if "Idempotency-Key" in request.headers and sqlite.is_lock_timeout(error):
        return problem(409, "An earlier request is still being answered")
    log.error("database_unavailable", error=type(error).__name__, cause=str(error)[:200])
    return problem(
        503,
        "The service is not available at the moment",
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )


def _on_unhandled_error(_error: Exception) -> Response:
    log.exception("unhandled_error")
    return problem(500, "Something went wrong")
