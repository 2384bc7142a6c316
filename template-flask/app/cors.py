"""Cross-origin requests (https://fetch.spec.whatwg.org/#http-cors-protocol)."""

from flask import Flask, Response, request

from app.extensions import settings

METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE")
ALLOWED_HEADERS = (
    "Authorization",
    "Content-Type",
    "Idempotency-Key",
    "If-Match",
    "If-None-Match",
    "X-Request-ID",
)
EXPOSED_HEADERS = ("ETag", "Location", "Retry-After", "X-Request-ID")
SECONDS_TO_REMEMBER = "600"


def init_app(app: Flask) -> None:
    app.before_request(_answer_preflight)
    app.after_request(_allow_origin)


def _answer_preflight() -> Response | None:
    """Answer a preflight; one that is refused says nothing, which is all that a browser needs."""
    method = request.headers.get("Access-Control-Request-Method")
    if request.method != "OPTIONS" or method is None or "Origin" not in request.headers:
        return None
    response = Response(status=204)
    if _is_allowed_origin() and method in METHODS and _are_allowed_headers():
        response.headers["Access-Control-Allow-Methods"] = ", ".join(METHODS)
        response.headers["Access-Control-Allow-Headers"] = ", ".join(ALLOWED_HEADERS)
        response.headers["Access-Control-Max-Age"] = SECONDS_TO_REMEMBER
    return response


def _allow_origin(response: Response) -> Response:
    response.headers.add("Vary", "Origin")
    is_refused = (
        request.method == "OPTIONS" and "Access-Control-Allow-Methods" not in response.headers
    )
    if _is_allowed_origin() and not is_refused:
        response.headers["Access-Control-Allow-Origin"] = request.headers["Origin"]
        response.headers["Access-Control-Expose-Headers"] = ", ".join(EXPOSED_HEADERS)
    return response


def _is_allowed_origin() -> bool:
    return request.headers.get("Origin") in settings.cors_origins


def _are_allowed_headers() -> bool:
    asked = request.headers.get("Access-Control-Request-Headers", "").lower().split(",")
    allowed = {"", *(name.lower() for name in ALLOWED_HEADERS)}
    return {name.strip() for name in asked} <= allowed
