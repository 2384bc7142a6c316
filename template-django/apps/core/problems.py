"""Every error answer: RFC 9457 problems, made in one place."""

import sys
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import structlog
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, InterfaceError, OperationalError
from django.http import Http404, HttpRequest, JsonResponse
from rest_framework import exceptions

from apps.core import errors

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = "1"
REQUEST_ID = "trace.request_id"
"""The name under which a request's id is kept in its `META`."""

STATUSES: dict[type[errors.DomainError], int] = {
    errors.Forbidden: 403,
    errors.NotFound: 404,
    errors.Conflict: 409,
    errors.BadToken: 400,
    errors.PreconditionFailed: 412,
    errors.Unavailable: 503,
    errors.RateLimited: 429,
    errors.Invalid: 422,
}

DATABASE_LOST = (OperationalError, InterfaceError)

log = structlog.get_logger()


def problem(
    request: HttpRequest,
    status: int,
    detail: str,
    *,
    failures: Sequence[errors.FieldFailure] = (),
    headers: Mapping[str, str] | None = None,
) -> JsonResponse:
    """Build the answer to a request that failed."""
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": printable(detail),
        "instance": printable(request.path),
        "request_id": request.META[REQUEST_ID],
    }
    if failures:
        content["errors"] = [
            {"location": printable(f.location), "message": printable(f.message), "code": f.code}
            for f in failures
        ]
    return JsonResponse(content, status=status, content_type=MEDIA_TYPE, headers=headers)


def printable(text: str) -> str:
    """Replace lone surrogates, which no UTF-8 answer can hold."""
    return text.encode("utf-8", "replace").decode()


def exception_handler(error: Exception, context: Mapping[str, Any]) -> JsonResponse | None:
    """Answer what a view raised; None for what `server_error` answers."""
    request: HttpRequest = context["request"]._request
    if isinstance(error, errors.DomainError):
        return _on_domain_error(request, error)
    if isinstance(error, Http404):
        error = exceptions.NotFound()
    if isinstance(error, PermissionDenied):
        error = exceptions.PermissionDenied()
    if isinstance(error, exceptions.APIException):
        return _on_api_exception(request, error, context)
    if isinstance(error, IntegrityError):
        log.warning("concurrent_change", error=type(error).__name__)
        return problem(request, 409, "The data was changed by another request; try again")
    return None


def _on_domain_error(request: HttpRequest, error: errors.DomainError) -> JsonResponse:
    headers: dict[str, str] = {}
    failures: Sequence[errors.FieldFailure] = ()
    if isinstance(error, errors.RateLimited):
        headers["Retry-After"] = str(error.retry_after)
    if isinstance(error, errors.Unavailable):
        headers["Retry-After"] = RETRY_AFTER_SECONDS
    if isinstance(error, errors.Invalid):
        failures = error.failures
    return problem(request, STATUSES[type(error)], str(error), failures=failures, headers=headers)


def _on_api_exception(
    request: HttpRequest, error: exceptions.APIException, context: Mapping[str, Any]
) -> JsonResponse:
    headers: dict[str, str] = {}
    if error.status_code == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = context["view"].get_authenticate_header(context["request"])
    if isinstance(error, exceptions.MethodNotAllowed):
        headers["Allow"] = ", ".join(context["view"].allowed_methods)
    return problem(request, error.status_code, str(error.detail), headers=headers)


def _on_database_error(request: HttpRequest, error: Exception) -> JsonResponse:
    log.error("database_unavailable", error=type(error).__name__, cause=str(error)[:200])
    lost = errors.Unavailable("The service is not available at the moment")
    return _on_domain_error(request, lost)


def bad_request(request: HttpRequest, exception: Exception) -> JsonResponse:
    """Django's handler of 400: another host than those allowed, in the main."""
    return problem(request, 400, "The request cannot be understood")


def permission_denied(request: HttpRequest, exception: Exception) -> JsonResponse:
    return problem(request, 403, "Not allowed")


def page_not_found(request: HttpRequest, exception: Exception) -> JsonResponse:
    return problem(request, 404, "There is nothing at this path")


def server_error(request: HttpRequest) -> JsonResponse:
    """Django's handler of all that is left: 503 for a lost database, 500 for a bug."""
    error = sys.exception()
    if isinstance(error, DATABASE_LOST):
        return _on_database_error(request, error)
    log.exception("unhandled_error")
    return problem(request, 500, "Something went wrong")
