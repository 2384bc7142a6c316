"""Which rows a change concerns, by the paths that it touches."""

import subprocess

from extensions import guard
from tests.verifier.array import Row
from tests.verifier.paths import ROOT, tool

# A change to one of these concerns every row; to a template, the rows of its framework.
COMMON = ("copier.yml", "questions/", "extensions/", "shared/", "contract/", "tests/contract/")


def rows(every: list[Row], paths: list[str] | None = None) -> list[Row]:
    """Return the rows whose rendering or judgement the changed paths can alter."""
    touched = changed_paths() if paths is None else paths
    if any(path.startswith(COMMON) for path in touched):
        return every
    return [row for row in every if _concerns(row, touched)]


def changed_paths() -> list[str]:
    """Return the paths that differ between the work tree and the last commit's parent."""
    found = subprocess.run(  # noqa: S603
        [tool("git"), "diff", "--name-only", "HEAD~1"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return found.stdout.splitlines()


def _concerns(row: Row, paths: list[str]) -> bool:
    framework = guard.defaults(row.answers)["framework"]
    folders = (f"template-{framework}/", f"template-{framework}-")
    return any(path.startswith(folders) for path in paths)
