"""A request that a stopping server drops, or answers badly, is a failure."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.verifier.drain import undropped
from tests.verifier.project import StageError


@contextmanager
def answering(post: Callable[[BaseHTTPRequestHandler], None]) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            answer(self, 200)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            post(self)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def answer(handler: BaseHTTPRequestHandler, status: int) -> None:
    handler.send_response(status)
    handler.send_header("Content-Length", "0")
    handler.end_headers()


@pytest.mark.parametrize("users", [True, False])
def test_answered_requests_pass(users: bool) -> None:
    with (
        answering(lambda handler: answer(handler, 201)) as address,
        undropped(address, users=users),
    ):
        pass


@pytest.mark.parametrize("users", [True, False])
def test_dropped_requests_fail(users: bool) -> None:
    def drop(handler: BaseHTTPRequestHandler) -> None:
        handler.close_connection = True

    with (
        pytest.raises(StageError, match="SIGTERM was dropped: "),
        answering(drop) as address,
        undropped(address, users=users),
    ):
        pass


def test_refused_requests_fail() -> None:
    with (
        pytest.raises(StageError, match=r"answered by \[503\]"),
        answering(lambda handler: answer(handler, 503)) as address,
        undropped(address),
    ):
        pass
