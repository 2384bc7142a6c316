"""Bodies that come in chunks, without a Content-Length: read as far as the limit goes.

Django takes such a body for none at all under WSGI, and reads it without end under ASGI. These
stand outside of it, and hand it one byte more than the limit at most.
"""

from collections.abc import Awaitable, Callable, Iterable, Mapping
from io import BytesIO
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

Scope = dict[str, Any]
Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
ASGIApplication = Callable[[Scope, Receive, Send], Awaitable[None]]


class BoundedBodyWSGI:
    def __init__(self, application: WSGIApplication) -> None:
        self.application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        if not environ.get("CONTENT_LENGTH") and "HTTP_TRANSFER_ENCODING" in environ:
            body = _read(environ["wsgi.input"], settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1)
            environ["wsgi.input"] = BytesIO(body)
            environ["CONTENT_LENGTH"] = str(len(body))
        return self.application(environ, start_response)


class BoundedBodyASGI:
    def __init__(self, application: ASGIApplication) -> None:
        self.application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.application(scope, _bounded(receive), send)


def _read(stream: Any, size: int) -> bytes:
    body = b""
    while len(body) < size and (piece := stream.read(size - len(body))):
        body += piece
    return body


def _bounded(receive: Receive) -> Receive:
    received = 0

    def is_over() -> bool:
        return received > settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    async def receive_bounded() -> Message:
        nonlocal received
        message = await receive()
        while is_over() and message["type"] == "http.request":
            message = await receive()
        received += len(message.get("body", b""))
        return {**message, "more_body": False} if is_over() else message

    return receive_bounded
