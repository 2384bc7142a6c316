"""Refuses bodies over 1 MiB, announced by a Content-Length or not.

The framework's own limit answers in plain text; this one answers with a problem.
"""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from app.problems import problem

MAXIMUM_BYTES = 1 << 20
DETAIL = "The body is over 1 MiB"


class BodyLimitMiddleware:
    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif announced_length(scope) > MAXIMUM_BYTES:
            await problem(scope, 413, DETAIL)(scope, receive, send)
        else:
            await self.app(scope, _counted(receive), send)


def announced_length(scope: Scope) -> int:
    """Return the Content-Length in bytes, 0 when it is missing or no number."""
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


def _counted(receive: Receive) -> Receive:
    received = 0

    async def receive_counted() -> Message:
        nonlocal received
        message = await receive()
        received += len(message.get("body", b""))
        if received > MAXIMUM_BYTES:
            raise HTTPException(413, DETAIL)
        return message

    return receive_counted
