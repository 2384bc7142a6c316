"""The production server of a rendered project, started as a user would and stopped by SIGTERM."""

import os
import shlex
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import httpx2

from tests.verifier.project import Project, StageError

START_SECONDS = 30.0
STOP_SECONDS = 15.0
# Some servers end by the signal itself once they are done, as the shell's convention has it; PDM
# ends with the negative number of that signal, of which the system keeps a byte.
CLEAN = {0, -signal.SIGTERM, 128 + signal.SIGTERM, -signal.SIGTERM & 0xFF}


@contextmanager
def running(project: Project, app: str = "", **environment: str) -> Iterator[str]:
    """Run the project's production server and give its address; stop it by SIGTERM.

    With `app`, such as `module:name`, the same command serves that instead of the project's own.

    Raises:
        StageError: it is not ready, or not cleanly gone, in time.
    """
    port = free_port()
    with serving(_start(project, app, port, environment), port) as address:
        yield address


@contextmanager
def serving(process: subprocess.Popen[bytes], port: int) -> Iterator[str]:
    """Give the address of a server once it is ready; stop it by SIGTERM.

    Raises:
        StageError: it is not ready, or not cleanly gone, in time.
    """
    address = f"http://127.0.0.1:{port}"
    try:
        await_ready(process, f"{address}/health/ready", "server")
        yield address
        _stop(process)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def await_ready(process: subprocess.Popen[bytes], url: str, name: str) -> None:
    """Wait until the process answers 200 at the address.

    Raises:
        StageError: it ended, or is not ready in time; the message calls it by its name.
    """
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StageError(f"the {name} ended at start with status {process.returncode}")
        with suppress(httpx2.TransportError):
            if httpx2.get(url, timeout=3).status_code == 200:
                return
        time.sleep(0.1)
    raise StageError(f"the {name} is not ready after {START_SECONDS:.0f} s")


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(
    project: Project, app: str, port: int, environment: dict[str, str]
) -> subprocess.Popen[bytes]:
    return start(project, "run", app, PORT=str(port), **environment)


def start(project: Project, target: str, app: str = "", **extra: str) -> subprocess.Popen[bytes]:
    """Run a target of the project's Makefile in a process group of its own."""
    # make would swallow the exit status: run what it would run.
    *before, last = project.run("make", "-n", "-s", target, environment=extra).strip().splitlines()
    last = f"{last.rpartition(' ')[0]} {app}" if app else last
    script = "\n".join(["set -e", *before, f"exec {last.removeprefix('exec ')}"])
    project.write(f"$ {shlex.join(['sh', '-c', script])}\n")
    with project.log.open("a") as log:
        return subprocess.Popen(  # noqa: S603
            ["/bin/sh", "-c", script],
            cwd=project.folder,
            env=project.environment(extra),
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )


def _stop(process: subprocess.Popen[bytes]) -> None:
    if process.poll() is not None:
        raise StageError(f"the server died with status {process.returncode}")
    process.terminate()
    try:
        status = process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        raise StageError(f"the server runs {STOP_SECONDS:.0f} s after SIGTERM") from None
    if status not in CLEAN:
        raise StageError(f"the server ended with status {status} on SIGTERM")
