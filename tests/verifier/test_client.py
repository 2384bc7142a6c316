"""A typed client is made of the contract, and a backend that answers otherwise fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import pytest

from tests.verifier import client, stages
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError


@contextmanager
def answering(status: int, body: bytes) -> Iterator[str]:
    """Give the address of a server that answers every POST alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.end_headers()
            self.wfile.write(body)

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_the_client_has_every_tag_of_the_contract() -> None:
    package = client.generated("jwt") / client.PACKAGE
    assert {"auth", "exports", "health", "tags", "todos", "users"} <= {
        path.name for path in (package / "api").iterdir()
    }


@pytest.mark.parametrize(("status", "body"), [(201, b'{"id": 5}'), (201, b"[]"), (418, b"{}")])
def test_an_answer_of_another_type_fails(
    make_project: MakeProject, status: int, body: bytes
) -> None:
    project = make_project({"x": "x"})
    with answering(status, body) as address, pytest.raises(StageError, match="exit status 1"):
        client.run(project, address)
    assert "client_session.py" in project.log.read_text()


def test_projects_without_users_are_left_alone(make_project: MakeProject) -> None:
    stages.client(make_project({"x": "x"}, auth="none"))
