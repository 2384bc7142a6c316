"""The floor of everything synchronous: the work, and a WSGI app without a framework."""

import json
from collections.abc import Callable
from typing import Any

from bench.floors import blocking


def app(environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
    """Serve the list, one todo and creation."""
    status, answer = respond(environ)
    body = json.dumps(answer).encode()
    headers = [("Content-Type", "application/json"), ("Content-Length", str(len(body)))]
    start_response(status, headers)
    return [body]


def respond(environ: dict[str, Any]) -> tuple[str, Any]:
    path = environ["PATH_INFO"]
    if path == "/health/ready":
        return "200 OK", {"status": "ready"}
    header = environ["HTTP_AUTHORIZATION"]
    if environ["REQUEST_METHOD"] == "POST":
        title = json.loads(environ["wsgi.input"].read())["title"]
        return "201 Created", blocking.create_todo(header, title)
    last = path.rpartition("/")[2]
    if last == "todos":
        return "200 OK", blocking.list_todos(header)
    return "200 OK", blocking.get_todo(header, last)
