"""A client of an app in this process, whose requests arrive as a WSGI server passes them on."""

import io
from typing import Any
from urllib.parse import unquote_to_bytes

from flask import Flask
from httpx2 import BaseTransport, Client, Request, Response
from werkzeug.test import run_wsgi_app

from app.tasks.local import LocalStarter

PORTS = {"http": 80, "https": 443}


class AppClient(Client):
    """Calls the app from an address."""

    def __init__(self, app: Flask, address: str = "127.0.0.1") -> None:
        self.app = app
        super().__init__(transport=AppTransport(app, address), base_url="http://testserver")


class AppTransport(BaseTransport):
    """Calls the app (PEP 3333); an answer is there when the jobs of its request have ended."""

    def __init__(self, app: Flask, address: str) -> None:
        self.app = app
        self.address = address

    def handle_request(self, request: Request) -> Response:
        body, status, headers = run_wsgi_app(self.app, self._environ(request), buffered=True)
        content = b"".join(body)
        jobs: LocalStarter = self.app.extensions["jobs"]
        jobs.wait()
        return Response(int(status.split()[0]), headers=list(headers), content=content)

    def _environ(self, request: Request) -> dict[str, Any]:
        url = request.url
        path, _, query = url.raw_path.partition(b"?")
        environ = {
            "REQUEST_METHOD": request.method,
            "SCRIPT_NAME": "",
            "PATH_INFO": unquote_to_bytes(path).decode("latin-1"),
            "QUERY_STRING": query.decode("latin-1"),
            "SERVER_NAME": url.host,
            "SERVER_PORT": str(url.port or PORTS[url.scheme]),
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": self.address,
            "wsgi.version": (1, 0),
            "wsgi.url_scheme": url.scheme,
            "wsgi.input": io.BytesIO(request.read()),
            "wsgi.input_terminated": True,
            "wsgi.errors": io.StringIO(),
            "wsgi.multithread": True,
            "wsgi.multiprocess": False,
            "wsgi.run_once": False,
        }
        for name, value in request.headers.raw:
            key = name.decode("latin-1").upper().replace("-", "_")
            prefix = "" if key in ("CONTENT_TYPE", "CONTENT_LENGTH") else "HTTP_"
            environ[prefix + key] = value.decode("latin-1")
        return environ
