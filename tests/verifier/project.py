"""A rendered project under proof: its folder, its answers, and its commands with their log."""

import os
import shlex
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.verifier.paths import STATE, interpreter, tool

# What a project must not inherit from whoever runs the verifier.
PRIVATE = ("VIRTUAL_ENV", "DATABASE_URL", "REDIS_URL", "BROKER_URL", "PYTHONPATH", "PYTHONHOME")
MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")


class StageError(Exception):
    """The project does not pass a stage; the message says why in a line."""


@dataclass(frozen=True)
class Project:
    """One rendered project; `answers` holds every question's answer."""

    folder: Path
    answers: Mapping[str, Any]
    log: Path

    def tool(self, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a program of the project's environment and return what it printed."""
        if self.answers["dependency_manager"] == "uv":
            return self.run("uv", "run", *command, environment=environment)
        return self.run(f".venv/bin/{command[0]}", *command[1:], environment=environment)

    def python(self) -> Path:
        """Return the interpreter that the project is to run on.

        Raises:
            StageError: it is nowhere on this machine.
        """
        version = str(self.answers["python_version"])
        found = interpreter(version)
        if not found:
            raise StageError(f"Python {version} is not installed: not on PATH, nor with pyenv")
        return found

    def environment(self, extra: Mapping[str, str]) -> dict[str, str]:
        """Return the environment of a newcomer who has this Python and uv, and nothing else."""
        python = self.python()
        kept = {k: v for k, v in os.environ.items() if k not in {*PRIVATE, *MAKE}}
        path = os.pathsep.join([str(_programs(python)), os.environ["PATH"]])
        return {
            **kept,
            "PATH": path,
            "UV_PYTHON": str(python),
            "UV_CACHE_DIR": os.environ.get("UV_CACHE_DIR", str(STATE / "cache/uv")),
            "PIP_CACHE_DIR": os.environ.get("PIP_CACHE_DIR", str(STATE / "cache/pip")),
            "PYTHONDONTWRITEBYTECODE": "1",
            **extra,
        }

    def run(
        self, *command: str, seconds: float = 900, environment: Mapping[str, str] | None = None
    ) -> str:
        """Run a command in the project's folder, log it, and return its standard output.

        Raises:
            StageError: it ended with another status than 0, or not in time.
        """
        shown = shlex.join(command)
        self.write(f"$ {shown}\n")
        with self.log.open("a") as log:
            process = subprocess.Popen(  # noqa: S603
                command,
                cwd=self.folder,
                env=self.environment(environment or {}),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
                start_new_session=True,
            )
            try:
                output, _ = process.communicate(timeout=seconds)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                log.write(process.communicate()[0])
                raise StageError(f"{shown}: not done after {seconds:.0f} s") from None
            log.write(output)
        if process.returncode:
            raise StageError(f"{shown}: exit status {process.returncode}")
        return output

    def write(self, text: str) -> None:
        """Add to the log of the present stage."""
        with self.log.open("a") as log:
            log.write(text)


def _programs(python: Path) -> Path:
    """Return a folder in which `python3` is this interpreter and `uv` is the suite's."""
    folder = STATE / "bin" / python.parents[1].name
    folder.mkdir(parents=True, exist_ok=True)
    for name, target in (("python3", str(python)), ("uv", tool("uv"))):
        link = folder / name
        script = f'#!/bin/sh\nexec {shlex.quote(target)} "$@"\n'
        if not link.exists() or link.read_text() != script:
            fresh = folder / f".{name}-{os.getpid()}"
            fresh.write_text(script)
            fresh.chmod(0o755)
            fresh.replace(link)
    return folder
