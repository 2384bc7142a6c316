"""A clone of the suite with the tag of each release, and the work tree as a release after them.

A clone of this repository need not have its tags; CHANGELOG.md names the commits that they are on.
"""

from pathlib import Path

from migrations.changelog import releases
from releases.git import IDENTITY, GitError, git

ROOT = Path(__file__).resolve().parent.parent
WORK_TREE = "v99.0.0"


def tagged(folder: Path) -> Path:
    """Make the clone in a new folder and return that.

    Raises:
        GitError: the commit of a release is not in this clone, which is a shallow one.
    """
    git(ROOT, "clone", "--quiet", "--shared", "--no-checkout", ROOT, folder)
    for release in releases((ROOT / "CHANGELOG.md").read_text("utf-8")):
        tag = f"v{release.version}"
        try:
            git(folder, "tag", "--force", tag, release.commit or tag)
        except GitError as error:
            raise GitError(f"{tag} is not here, fetch the whole history: {error}") from None
    git(folder, "--work-tree", ROOT, "add", "--all")
    git(folder, *IDENTITY, "commit", "--quiet", "--allow-empty", "--message", "The work tree")
    git(folder, "tag", WORK_TREE)
    git(folder, "reset", "--quiet", "--hard")
    return folder


def tags() -> list[str]:
    """Return the tag of each release, the oldest first."""
    every = releases((ROOT / "CHANGELOG.md").read_text("utf-8"))
    return [f"v{release.version}" for release in reversed(every)]
