"""A headless Chromium that does what it is told (W3C WebDriver), through its own driver."""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import httpx2

from tests.verifier.project import Project, StageError
from tests.verifier.server import free_port

DRIVER = "chromedriver"
OPTIONS = ("--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync")
START_SECONDS = 20.0
STOP_SECONDS = 10.0
FIND_SECONDS = 20.0
ELEMENT = "element-6066-11e4-a52e-4f735466cecf"
ROOT_USER = 0


class Browser:
    """One window, in which an element that is not there yet is waited for.

    A click returns before the page that it leads to is there, so what is looked for next has to be
    on that page alone.
    """

    def __init__(self, client: httpx2.Client) -> None:
        self.client = client

    def open(self, url: str) -> None:
        """Go to an address."""
        self.ask("POST", "/url", {"url": url})

    def type(self, selector: str, text: str) -> None:
        """Put text into an input in place of what it holds."""
        element = self._find(selector)
        self.ask("POST", f"{element}/clear", {})
        self.ask("POST", f"{element}/value", {"text": text})

    def click(self, selector: str) -> None:
        """Click on the first element that the CSS selector finds."""
        self.ask("POST", f"{self._find(selector)}/click", {})

    def text(self, selector: str) -> str:
        """Return what is read in an element."""
        return str(self.ask("GET", f"{self._find(selector)}/text"))

    def console(self) -> str:
        """Return what the pages complained about since it was last asked."""
        return "\n".join(
            line["message"] for line in self.ask("POST", "/se/log", {"type": "browser"})
        )

    def ask(self, method: str, path: str, body: Mapping[str, Any] | None = None) -> Any:
        """Send a command and return its value.

        Raises:
            StageError: the browser cannot do it.
        """
        value = self.client.request(method, path, json=body).json()["value"]
        if isinstance(value, dict) and "error" in value:
            raise StageError(f"the browser: {value['message'].splitlines()[0]}")
        return value

    def _find(self, selector: str) -> str:
        found = self.ask("POST", "/element", {"using": "css selector", "value": selector})
        return f"/element/{found[ELEMENT]}"


@contextmanager
def browsing(project: Project) -> Iterator[Browser | None]:
    """Give a browser, or None where none is installed, of which the log says so."""
    program = shutil.which(DRIVER)
    if program is None:
        project.write(f"nothing was opened in a browser: there is no {DRIVER}\n")
        yield None
        return
    with profile() as folder, _driver(program, project) as address:
        session = f"{address}/session/{_begin(address, folder)}"
        with httpx2.Client(base_url=session, timeout=60) as client:
            try:
                yield Browser(client)
            finally:
                httpx2.delete(session, timeout=20)


@contextmanager
def profile() -> Iterator[str]:
    """Give a folder for the profile, and remove it once the browser's last process left it."""
    folder = tempfile.mkdtemp()
    try:
        yield folder
    finally:
        deadline = time.monotonic() + STOP_SECONDS
        while Path(folder).exists() and time.monotonic() < deadline:
            shutil.rmtree(folder, ignore_errors=True)
            time.sleep(0.05)


@contextmanager
def _driver(program: str, project: Project) -> Iterator[str]:
    """Run the driver and give its address."""
    port = free_port()
    with project.log.open("a") as log:
        process = subprocess.Popen((program, f"--port={port}"), stdout=log, stderr=log)  # noqa: S603
        try:
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


def _begin(address: str, folder: str) -> str:
    """Start a session and return its name."""
    as_root = ["--no-sandbox"] if os.geteuid() == ROOT_USER else []
    wanted = {
        "browserName": "chrome",
        "goog:chromeOptions": {"args": [*OPTIONS, *as_root, f"--user-data-dir={folder}"]},
        "goog:loggingPrefs": {"browser": "ALL"},
        "timeouts": {"implicit": int(FIND_SECONDS * 1000)},
    }
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        with suppress(httpx2.TransportError):
            asked = {"capabilities": {"alwaysMatch": wanted}}
            value = httpx2.post(f"{address}/session", json=asked, timeout=60).json()["value"]
            if "sessionId" in value:
                return str(value["sessionId"])
            raise StageError(f"the browser does not start: {value['message'].splitlines()[0]}")
        time.sleep(0.1)
    raise StageError(f"{DRIVER} is not ready after {START_SECONDS:.0f} s")
