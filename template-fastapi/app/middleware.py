"""The outermost layer: request ids, security headers, the access log, and the last resort."""

import re
import time
from uuid import uuid4

import structlog
from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import problem
from app.settings import Settings

REQUEST_ID = re.compile(r"[A-Za-z0-9._-]{1,128}")
AUTH_PREFIX = "/api/v1/auth/"
CREDENTIALS = ("authorization", "cookie")
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


class RequestContextMiddleware:
    """Wraps every HTTP request; nothing that happens inside it goes unanswered or unlogged."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self.allowed_hosts = settings.allowed_hosts
        self.behind_tls = settings.public_url.startswith("https://")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        request_id = _request_id(headers.get("x-request-id"))
        scope.setdefault("state", {})["request_id"] = request_id
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request_id)
        answer = _Answer(send, self._extra_headers(scope, headers, request_id))
        started = time.perf_counter()
        await self._respond(scope, receive, answer, headers)
        log.info(
            "request",
            method=scope["method"],
            path=scope["path"],
            status=answer.status,
            duration_ms=round((time.perf_counter() - started) * 1000, 2),
        )

    async def _respond(
        self, scope: Scope, receive: Receive, answer: "_Answer", headers: Headers
    ) -> None:
        try:
            if self._is_allowed(headers.get("host", "")):
                await self.app(scope, receive, answer)
            else:
                await problem(scope, 400, "Unknown host")(scope, receive, answer)
        except Exception:
            log.exception("unhandled_error")
            if answer.status is None:
                await problem(scope, 500, "Something went wrong")(scope, receive, answer)

    def _is_allowed(self, host: str) -> bool:
        name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
        return any(
            allowed in ("*", name) or (allowed.startswith("*.") and name.endswith(allowed[1:]))
            for allowed in self.allowed_hosts
        )

    def _extra_headers(self, scope: Scope, headers: Headers, request_id: str) -> dict[str, str]:
        extra = SECURITY_HEADERS | {"X-Request-ID": request_id}
        if self.behind_tls or scope["scheme"] == "https":
            extra["Strict-Transport-Security"] = HSTS
        has_credentials = any(name in headers for name in CREDENTIALS)
        if has_credentials or scope["path"].startswith(AUTH_PREFIX):
            extra["Cache-Control"] = "no-store"
        return extra


class _Answer:
    """Adds headers to the answer on its way out, and remembers its status."""

    def __init__(self, send: Send, extra: dict[str, str]) -> None:
        self.send = send
        self.extra = extra
        self.status: int | None = None

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            headers = MutableHeaders(scope=message)
            for name, value in self.extra.items():
                headers.setdefault(name, value)
        await self.send(message)


def _request_id(sent: str | None) -> str:
    return sent if sent is not None and REQUEST_ID.fullmatch(sent) else uuid4().hex
