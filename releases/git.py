"""Git, run in a folder."""

import shutil
import subprocess
from pathlib import Path

IDENTITY = ("-c", "user.name=Trivet", "-c", "user.email=trivet@example.com")


class GitError(Exception):
    """A command of git's failed; the message is what it said."""


def git(folder: Path, *arguments: str | Path) -> str:
    """Return what git prints.

    Raises:
        GitError: it ended with another status than 0.
    """
    program = shutil.which("git") or "git"
    done = subprocess.run(  # noqa: S603
        [program, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise GitError(done.stderr.strip() or done.stdout.strip())
    return done.stdout
