"""Every error, and its answer: RFC 9457 problems, made in one place."""

from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

from flask import Flask, Response, current_app, g, json, request
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException

from app.database import db
from app.schemas import FieldError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER = {"Retry-After": "1"}


class NotFound(Exception):
    """There is no such thing."""


class PreconditionFailed(Exception):
    """`If-Match` does not name the present version."""


class Invalid(Exception):
    """Parts of the request break their rules."""

    def __init__(self, failures: Sequence[FieldError]) -> None:
        super().__init__("The request is not valid")
        self.failures = failures


def problem(
    status: int,
    detail: str,
    *,
    failures: Sequence[FieldError] = (),
    headers: Mapping[str, str] | None = None,
) -> Response:
    """Build the answer to the present request."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": request.path,
        "request_id": g.request_id,
    }
    if failures:
        content["errors"] = [failure.model_dump() for failure in failures]
    return Response(json.dumps(content), status=status, headers=headers, mimetype=MEDIA_TYPE)


def init_app(app: Flask) -> None:
    app.register_error_handler(NotFound, lambda error: problem(404, str(error)))
    app.register_error_handler(PreconditionFailed, lambda error: problem(412, str(error)))
    app.register_error_handler(Invalid, _on_invalid)
    app.register_error_handler(HTTPException, _on_http_exception)
    with app.app_context():
        driver_error = db.engine.dialect.loaded_dbapi.Error
    # Outside of statements, as when a connection is given back, it comes unwrapped.
    for kind in (DBAPIError, driver_error, PoolTimeoutError):
        app.register_error_handler(kind, _on_database_error)
    app.register_error_handler(Exception, _on_unhandled_error)


def _on_invalid(error: Invalid) -> Response:
    return problem(422, str(error), failures=error.failures)


def _on_http_exception(error: HTTPException) -> Response:
    allowed = getattr(error, "valid_methods", None)
    headers = {"Allow": ", ".join(sorted(allowed))} if allowed else None
    return problem(error.code or 500, error.description or error.name, headers=headers)


def _on_database_error(error: Exception) -> Response:
    current_app.logger.error("request %s: the database: %s", g.request_id, type(error).__name__)
    return problem(503, "The service is not available at the moment", headers=RETRY_AFTER)


def _on_unhandled_error(_error: Exception) -> Response:
    current_app.logger.exception("request %s failed", g.request_id)
    return problem(500, "Something went wrong")
