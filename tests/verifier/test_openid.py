"""A login elsewhere, with providers and services of a few lines that keep or break the contract."""

import sys

import pytest

from tests.verifier import openid, server
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError

PROVIDER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.end_headers()
    do_PUT = do_GET
    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.send_response(302)
        self.send_header("Location", "http://localhost:8000/callback?code=c")
        self.end_headers()

HTTPServer(("127.0.0.1", int(sys.argv[-1])), Handler).serve_forever()
"""
SERVICE = """
import json, os, signal
from http.server import BaseHTTPRequestHandler, HTTPServer

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(302 if self.path.endswith("/authorize") else 200)
        self.send_header("Location", os.environ["GOOGLE_ISSUER"] + "/authorize")
        self.end_headers()
        user = {"email": os.environ["EMAIL"], "email_verified": True}
        self.wfile.write(json.dumps(user | {"access_token": "x"}).encode())

signal.signal(signal.SIGTERM, lambda *_: os._exit(0))
HTTPServer(("127.0.0.1", int(os.environ["PORT"])), Handler).serve_forever()
"""


def check(make_project: MakeProject, provider: str = PROVIDER, email: str = openid.EMAIL) -> None:
    makefile = f"export EMAIL := {email}\nrun:\n\texec {sys.executable} server.py\n"
    files = {"oidc_provider_mock.py": provider, "server.py": SERVICE, "Makefile": makefile}
    answers = {"auth": "oauth2", "oauth_providers": ["google"], "dependency_manager": "pip"}
    project = make_project(files, **answers)
    python = project.folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.symlink_to(sys.executable)
    openid.check(project)


def test_a_login_that_ends_in_the_account_passes(make_project: MakeProject) -> None:
    check(make_project)


def test_somebody_elses_account_fails(make_project: MakeProject) -> None:
    with pytest.raises(StageError, match=r"not elsewhere@example\.com's"):
        check(make_project, email="other@example.com")


def test_a_provider_that_refuses_the_login_fails(make_project: MakeProject) -> None:
    with pytest.raises(StageError, match="does not take"):
        check(make_project, PROVIDER.replace("302", "400"))


def test_a_provider_that_dies_at_start_fails(make_project: MakeProject) -> None:
    with pytest.raises(StageError, match="status 3"):
        check(make_project, "raise SystemExit(3)")


def test_a_provider_that_is_never_ready_fails(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(server, "START_SECONDS", 0.5)
    with pytest.raises(StageError, match="provider is not ready"):
        check(make_project, "import time; time.sleep(20)")
