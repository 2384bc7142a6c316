"""The browsable documentation in a headless Chromium, where there is one, under its CSP."""

import os
import re
import shlex
import shutil
from pathlib import Path

import httpx2

from tests.verifier.project import Project, StageError
from tests.verifier.webdriver import profile

NAMES = ("chromium", "chromium-browser", "google-chrome")
OPTIONS = (
    *("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
    *("--virtual-time-budget=8000", "--enable-logging=stderr", "--dump-dom"),
)
ROOT_USER = 0
OPERATION = 'class="opblock opblock-'
REFUSED = re.compile(r"Refused to|violates the following Content Security Policy")


def check_docs(project: Project, address: str) -> None:
    """Open /docs and look for every operation of the document; without a browser, say so.

    Raises:
        StageError: an operation is not shown, or the page breaks its own CSP.
    """
    browser = next(filter(None, map(shutil.which, NAMES)), None)
    if browser is None:
        project.write("/docs was not opened: no Chromium is installed\n")
        return
    page = _dump(project, browser, f"{address}/docs")
    paths = httpx2.get(f"{address}/openapi.json").json()["paths"]
    due, shown = sum(map(len, paths.values())), page.count(OPERATION)
    if shown != due:
        raise StageError(f"/docs shows {shown} of {due} operations in a browser")
    if REFUSED.search(project.log.read_text()):
        raise StageError("/docs breaks its own Content-Security-Policy")


def _dump(project: Project, browser: str, url: str) -> str:
    """Return the page's document after its scripts ran; the console alone goes to the log."""
    as_root = ["--no-sandbox"] if os.geteuid() == ROOT_USER else []
    with profile() as folder:
        page = Path(folder) / "page.html"
        command = shlex.join([browser, *OPTIONS, *as_root, f"--user-data-dir={folder}", url])
        project.run("sh", "-c", f"{command} > {shlex.quote(str(page))}", seconds=120)
        return page.read_text()
