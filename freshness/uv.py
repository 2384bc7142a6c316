"""What the package index has now, by uv's resolver."""

import shutil
import subprocess
from collections.abc import Iterable
from typing import NamedTuple


class Resolved(NamedTuple):
    """The version of each package by name, and what uv says of those that were yanked (PEP 592)."""

    versions: dict[str, str]
    yanked: list[str]


class UnresolvedError(Exception):
    """The requirements contradict each other, or name what is not there."""


def resolve(requirements: Iterable[str], python: str, *options: str) -> Resolved:
    """Resolve PEP 508 requirements for a version of Python, such as 3.13.

    Raises:
        UnresolvedError: that is impossible; the message is uv's, in one line.
    """
    command = [
        *(shutil.which("uv") or "uv", "pip", "compile", "-", "--no-header", "--no-annotate"),
        *("--no-progress", "--no-python-downloads", "--python-version", python, *options),
    ]
    done = subprocess.run(  # noqa: S603
        command, input="\n".join(requirements), capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise UnresolvedError(" ".join(done.stderr.rpartition("error: ")[2].split()))
    pins = (line.split(" ;")[0] for line in done.stdout.splitlines())
    said = [line.removeprefix("warning: ") for line in done.stderr.splitlines()]
    return Resolved(
        dict(pin.split("==", 1) for pin in pins if "==" in pin),
        [line for line in said if " is yanked" in line],
    )
