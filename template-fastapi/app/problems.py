"""Every error answer: RFC 9457 problems, made in one place."""

import re
from collections.abc import Mapping, Sequence
from functools import cache
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.exceptions import HTTPException

from app import errors, sqlite

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "1"
UUID_PATTERN = "[0-9a-fA-F-]{32,36}"

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


class ProblemResponse(JSONResponse):
    media_type = MEDIA_TYPE


def problem(
    scope: Mapping[str, Any],
    status: int,
    detail: str,
    *,
    failures: Sequence[errors.FieldFailure] = (),
    headers: Mapping[str, str] | None = None,
) -> ProblemResponse:
    """Build the answer; `scope` is the ASGI scope of the request that failed."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "instance": printable(scope["path"]),
        "request_id": scope["state"]["request_id"],
    }
    if failures:
        content["errors"] = [
            {"location": printable(f.location), "message": printable(f.message), "code": f.code}
            for f in failures
        ]
    return ProblemResponse(content, status_code=status, headers=headers)


def printable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 answer can hold."""
    return text.encode("utf-8", "replace").decode()


def install_error_handlers(app: FastAPI, driver_error: type[Exception]) -> None:
    handlers: dict[type[Exception], Any] = {
        errors.DomainError: _on_domain_error,
        RequestValidationError: _on_validation_error,
        HTTPException: _on_http_exception,
        IntegrityError: _on_integrity_error,
        DBAPIError: _on_database_error,
        driver_error: _on_database_error,
        PoolTimeoutError: _on_database_error,
        OSError: _on_database_error,
    }
    for kind, handler in handlers.items():
        app.add_exception_handler(kind, handler)


async def _on_domain_error(request: Request, error: errors.DomainError) -> ProblemResponse:
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
    return problem(
        request.scope, STATUSES[type(error)], str(error), failures=failures, headers=headers
    )


async def _on_validation_error(request: Request, error: RequestValidationError) -> ProblemResponse:
    found = error.errors()
    if any(item["type"] == "json_invalid" for item in found):
        return problem(request.scope, 400, "The body is not JSON")
    failures = [
        errors.FieldFailure(
            location=".".join(str(part) for part in item["loc"]),
            message=item["msg"],
            code=item["type"],
        )
        for item in found
    ]
    return problem(request.scope, 422, "The request is not valid", failures=failures)


async def _on_http_exception(request: Request, error: HTTPException) -> ProblemResponse:
    headers = dict(error.headers or {})
    if error.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        headers["Allow"] = ", ".join(allowed_methods(request.app, request.scope["path"]))
    return problem(request.scope, error.status_code, str(error.detail), headers=headers)


async def _on_integrity_error(request: Request, error: Exception) -> ProblemResponse:
    log.warning("concurrent_change", error=type(error).__name__)
    return problem(request.scope, 409, "The data was changed by another request; try again")


async def _on_database_error(request: Request, error: Exception) -> ProblemResponse:
    """Answer 503; 409 where SQLite's one writer may be the first request with the same key."""
    if "idempotency-key" in request.headers and sqlite.is_lock_timeout(error):
        return problem(request.scope, 409, "An earlier request is still being answered")
    log.error("database_unavailable", error=type(error).__name__, cause=str(error)[:200])
    return problem(
        request.scope,
        503,
        "The service is not available at the moment",
        headers={"Retry-After": RETRY_AFTER_SECONDS},
    )


def allowed_methods(app: FastAPI, path: str) -> list[str]:
    """Return the methods that the documented operations on this path answer, else GET."""
    methods = {
        method
        for pattern, operations in _documented_paths(app)
        if pattern.fullmatch(path)
        for method in operations
    }
    return sorted(methods) or ["GET"]


@cache
def _documented_paths(app: FastAPI) -> list[tuple[re.Pattern[str], list[str]]]:
    return [
        (_pattern(path), [method.upper() for method in operations])
        for path, operations in app.openapi()["paths"].items()
    ]


def _pattern(path: str) -> re.Pattern[str]:
    return re.compile(path.replace("{id}", UUID_PATTERN).replace("{name}", "[^/]+"))
