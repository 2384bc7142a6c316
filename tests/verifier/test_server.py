"""The stages that run a server, on servers of a few lines that keep or break the contract."""

import sys
from pathlib import Path

import pytest

from tests.verifier import server, stages
from tests.verifier.conftest import MakeProject
from tests.verifier.project import Project, StageError

SERVER = """
import os, signal, sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.end_headers()
        self.wfile.write(b'{"access_token": "x", "refresh_token": "y"}')
    do_POST = do_GET

def stop(*_):
    {on_signal}

signal.signal(signal.SIGTERM, stop)
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""
MAKEFILE = f"migrate:\n\t@true\nrun:\n\texec {sys.executable} server.py\n"


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(server, "START_SECONDS", 5.0)
    monkeypatch.setattr(server, "STOP_SECONDS", 1.0)


def serving(make_project: MakeProject, on_signal: str, makefile: str = MAKEFILE) -> Project:
    files = {"server.py": SERVER.replace("{on_signal}", on_signal), "Makefile": makefile}
    return make_project(files | {".env.example": "ENVIRONMENT=development\n"})


@pytest.mark.parametrize("status", [0, 143, -15 & 0xFF], ids=["0", "by the shell", "by PDM"])
def test_a_server_that_ends_on_the_signal_passes(make_project: MakeProject, status: int) -> None:
    with server.running(serving(make_project, f"os._exit({status})")) as address:
        assert address.startswith("http://127.0.0.1:")


def test_a_server_that_ignores_the_signal_fails(make_project: MakeProject) -> None:
    project = serving(make_project, "pass")
    with pytest.raises(StageError, match="after SIGTERM"), server.running(project):
        pass


def test_a_server_that_ends_in_an_error_fails(make_project: MakeProject) -> None:
    project = serving(make_project, "os._exit(3)")
    with pytest.raises(StageError, match="status 3 on SIGTERM"), server.running(project):
        pass


def test_a_server_that_dies_at_start_fails(make_project: MakeProject) -> None:
    project = serving(make_project, "", "run:\n\texit 4\n")
    with pytest.raises(StageError, match="at start"), server.running(project):
        pass


def test_a_server_that_is_never_ready_fails(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "START_SECONDS", 0.5)
    project = serving(make_project, "", "run:\n\tsleep 20\n")
    with pytest.raises(StageError, match="not ready"), server.running(project):
        pass


def test_boot_fails_on_an_answer_that_is_not_the_contract_s(make_project: MakeProject) -> None:
    project = serving(make_project, "os._exit(0)")
    with pytest.raises(StageError, match="register: 200 instead of 201"):
        stages.boot(project)
    assert (project.folder / ".env").read_text() == "ENVIRONMENT=development\n"


def test_schemathesis_fails_on_a_document_that_is_none(make_project: MakeProject) -> None:
    makefile = f"{MAKEFILE}superuser:\n\t@true\n"
    with pytest.raises(StageError, match=r"as nobody.*as a superuser"):
        stages.schemathesis(serving(make_project, "os._exit(0)", makefile))


def test_a_free_port_is_one_of_the_loopback() -> None:
    assert 1024 < server.free_port() < 65536


def test_the_default_project_s_server_is_started_by_one_command(rendered: Path) -> None:
    assert "exec uv run granian" in (rendered / "Makefile").read_text()
