"""What tests need of the repository's history, which a shallow clone does not have."""

import pytest

from migrations.changelog import releases
from releases.git import GitError, git
from releases.tagged import ROOT


def missing() -> list[str]:
    """Return the versions whose commits this clone lacks."""
    every = releases((ROOT / "CHANGELOG.md").read_text("utf-8"))
    return [str(release.version) for release in every if not _is_here(release.commit)]


def _is_here(commit: str) -> bool:
    try:
        git(ROOT, "cat-file", "-e", f"{commit}^{{commit}}")
    except GitError:
        return False
    return True


REASON = f"fetch the whole history: the commits of {', '.join(missing())} are not here"
needs_history = pytest.mark.skipif(bool(missing()), reason=REASON)
