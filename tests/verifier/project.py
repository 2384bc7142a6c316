"""A rendered project under proof: its folder, its answers, and its commands with their log."""

import os
import re
import shlex
import signal
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from tests.verifier import managers
from tests.verifier.frameworks import FRAMEWORKS, OWN_MIGRATIONS, Framework
from tests.verifier.paths import STATE, interpreter

# What a project must not inherit from whoever runs the verifier.
PRIVATE = (
    *("VIRTUAL_ENV", "DATABASE_URL", "REDIS_URL", "BROKER_URL"),
    *("PYTHONPATH", "PYTHONHOME", "PYENV_ROOT"),
)
# Without bytecode each of a project's commands compiles all that it imports anew.
SLOWING = ("PYTHONDONTWRITEBYTECODE",)
MAKE = ("MAKEFLAGS", "MAKELEVEL", "MFLAGS", "MAKEOVERRIDES")


class StageError(Exception):
    """The project does not pass a stage; the message says why in a line."""


@dataclass(frozen=True)
class Project:
    """One rendered project; `answers` holds every question's answer.

    Unless it is `thorough`, lines are counted in place of branches, and fewer requests are made up.
    """

    folder: Path
    answers: Mapping[str, Any]
    log: Path
    thorough: bool = True

    @property
    def framework(self) -> Framework:
        """What differs by the project's framework."""
        framework = FRAMEWORKS[str(self.answers["framework"])]
        own = OWN_MIGRATIONS.get(str(self.answers.get("orm")))
        return replace(framework, migrations=own) if own else framework

    @property
    def manager(self) -> managers.Manager:
        """How the project's dependency manager is called."""
        return managers.load(str(self.answers["dependency_manager"]))

    @property
    def has_users(self) -> bool:
        """Whether there are accounts, and all that is theirs."""
        return self.auth != "none"

    @property
    def auth(self) -> str:
        """How its users prove who they are."""
        return str(self.answers["auth"])

    @property
    def clients(self) -> dict[str, str]:
        """What production demands to know of the providers that people log in with."""
        return {
            f"{provider.upper()}_CLIENT_{part}": "verifier"
            for provider in self.answers["oauth_providers"]
            for part in ("ID", "SECRET")
        }

    @property
    def has_google_login(self) -> bool:
        """Whether people log in with an account at an OpenID provider."""
        return self.auth == "oauth2" and "google" in self.answers["oauth_providers"]

    @property
    def has_queue(self) -> bool:
        """Whether jobs go to workers."""
        return bool(self.answers["task_queue"] != "none")

    @property
    def has_broker_server(self) -> bool:
        """Whether the broker is a server of its own: not the database, which has none on SQLite."""
        return self.answers["broker"] not in ("none", "database")

    def tool(self, *command: str, environment: Mapping[str, str] | None = None) -> str:
        """Run a program of the project's environment and return what it printed."""
        first = shlex.split(f"{self.manager.run}{command[0]}")
        return self.run(*first, *command[1:], environment=environment)

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
        """Return the environment of a newcomer who has this Python, the project's dependency
        manager, and nothing else."""
        python = self.python()
        kept = {k: v for k, v in os.environ.items() if k not in {*PRIVATE, *SLOWING, *MAKE}}
        path = os.pathsep.join([str(_programs(python, self.manager)), os.environ["PATH"]])
        return {
            **kept,
            "PATH": path,
            **managers.environment(self.manager, python),
            **self._exported(),
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

    def _exported(self) -> dict[str, str]:
        """Return what the Makefile exports, for commands that are not run by make."""
        makefile = self.folder / "Makefile"
        text = makefile.read_text() if makefile.is_file() else ""
        return dict(re.findall(r"^export (\w+) := (.*)$", text, re.MULTILINE))

    def write(self, text: str) -> None:
        """Add to the log of the present stage."""
        with self.log.open("a") as log:
            log.write(text)


def _programs(python: Path, manager: managers.Manager) -> Path:
    """Return a folder that has this interpreter and this dependency manager."""
    folder = STATE / "bin" / f"{python.parents[1].name}-{manager.choice}"
    folder.mkdir(parents=True, exist_ok=True)
    targets = {"python": str(python), "python3": str(python)}
    if manager.package:
        targets[manager.choice] = managers.program(manager)
    for name, target in targets.items():
        link = folder / name
        script = f'#!/bin/sh\nexec {shlex.quote(target)} "$@"\n'
        if not link.exists() or link.read_text() != script:
            fresh = folder / f".{name}-{os.getpid()}"
            fresh.write_text(script)
            fresh.chmod(0o755)
            fresh.replace(link)
    return folder
