"""Sends a client's requests to a WSGI application in process, the way servers do.

Headers are bytes in Latin-1, and a body without a Content-Length comes in chunks.
"""

import sys
from io import BytesIO
from typing import Any
from wsgiref.types import WSGIApplication, WSGIEnvironment

from httpx2 import BaseTransport, Request, Response


class ServerTransport(BaseTransport):
    def __init__(self, application: WSGIApplication, address: str = "127.0.0.1") -> None:
        self.application = application
        self.address = address

    def handle_request(self, request: Request) -> Response:
        begun: list[Any] = []

        def start_response(status: str, headers: list[tuple[str, str]], *_: Any) -> Any:
            begun[:] = [int(status.split()[0]), headers]

        answer = self.application(self._environ(request), start_response)
        try:
            content = b"".join(answer)
        finally:
            if close := getattr(answer, "close", None):
                close()
        status, headers = begun
        return Response(status, headers=headers, content=content)

    def _environ(self, request: Request) -> WSGIEnvironment:
        environ: WSGIEnvironment = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": request.url.path.encode().decode("latin-1"),
            "QUERY_STRING": request.url.query.decode("ascii"),
            "SERVER_NAME": request.url.host,
            "SERVER_PORT": str(request.url.port or 80),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.address,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": request.url.scheme,
            "wsgi.input": BytesIO(request.read()),
            "wsgi.errors": sys.stderr,
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in request.headers.raw:
            key = name.decode("latin-1").upper().replace("-", "_")
            prefix = "" if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_"
            environ[prefix + key] = value.decode("latin-1")
        return environ
