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
# Some servers end by the signal itself once they are done, as the shell's convention has it.
CLEAN = {0, -signal.SIGTERM, 128 + signal.SIGTERM}


@contextmanager
def running(project: Project, **environment: str) -> Iterator[str]:
    """Run the project's production server and give its address; stop it by SIGTERM.

    Raises:
        StageError: it is not ready, or not cleanly gone, in time.
    """
    port = free_port()
    process = _start(project, port, environment)
    address = f"http://127.0.0.1:{port}"
    try:
        _await_ready(process, address)
        yield address
        _stop(process)
    finally:
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    """Return a port of the loopback interface that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(project: Project, port: int, environment: dict[str, str]) -> subprocess.Popen[bytes]:
    # make would swallow the server's exit status: run what it would run.
    extra = {"PORT": str(port), **environment}
    *before, last = project.run("make", "-n", "-s", "run", environment=extra).strip().splitlines()
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


def _await_ready(process: subprocess.Popen[bytes], address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise StageError(f"the server ended at start with status {process.returncode}")
        with suppress(httpx2.TransportError):
            if httpx2.get(f"{address}/health/ready", timeout=3).status_code == 200:
                return
        time.sleep(0.1)
    raise StageError(f"the server is not ready after {START_SECONDS:.0f} s")


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
