"""/docs is opened where there is a browser, and what it shows is counted."""

from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.verifier import browser
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError

DOCUMENT: dict[str, Any] = {"paths": {"/a": {"get": {}, "post": {}}}}
SHOWN = '<div class="opblock opblock-get">'


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the path of the only browser, which a test has yet to write."""
    path = tmp_path / "browser"
    monkeypatch.setattr(browser, "NAMES", (str(path),))
    monkeypatch.setattr(httpx2, "get", lambda _: httpx2.Response(200, json=DOCUMENT))
    return path


def write(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def test_every_operation_shown_passes(make_project: MakeProject, program: Path) -> None:
    write(program, f"echo '{SHOWN}{SHOWN}'")
    browser.check_docs(make_project({"x": "x"}), "http://127.0.0.1:1")


def test_a_missing_operation_fails(make_project: MakeProject, program: Path) -> None:
    write(program, f"echo '{SHOWN}'")
    with pytest.raises(StageError, match="shows 1 of 2 operations"):
        browser.check_docs(make_project({"x": "x"}), "http://127.0.0.1:1")


def test_a_broken_policy_fails(make_project: MakeProject, program: Path) -> None:
    write(program, f"echo '{SHOWN}{SHOWN}'; echo 'Refused to load the script' >&2")
    with pytest.raises(StageError, match="Content-Security-Policy"):
        browser.check_docs(make_project({"x": "x"}), "http://127.0.0.1:1")


@pytest.mark.usefixtures("program")
def test_without_a_browser_the_log_says_so(make_project: MakeProject) -> None:
    project = make_project({"x": "x"})
    browser.check_docs(project, "http://127.0.0.1:1")
    assert "/docs was not opened" in project.log.read_text()
