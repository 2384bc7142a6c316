"""`python -m releases X.Y.Z`: make a release of what is committed, after `make lint test`."""

import re
import sys
from pathlib import Path

from migrations.changelog import UNRELEASED, number, releases, unreleased
from releases.git import GitError, git
from releases.tagged import ROOT

VERSION = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"
BUMPED = ("CHANGELOG.md", "pyproject.toml", "migrations/paths.yml")


def problem(root: Path, version: str) -> str:
    """Return why this version cannot be released now, or an empty string."""
    changelog = (root / "CHANGELOG.md").read_text("utf-8")
    known = [number(tag) for tag in git(root, "tag", "--list", "v*").splitlines()]
    known += [number(release.version) for release in releases(changelog)]
    if not re.fullmatch(VERSION, version):
        return f"{version!r} is no version such as 1.2.3."
    if number(version) <= max(known, default=()):
        return f"{version} does not come after {'.'.join(map(str, max(known)))}."
    if git(root, "status", "--porcelain"):
        return "The work tree has changes: commit them first."
    if not unreleased(changelog).strip():
        return f"CHANGELOG.md has no entries under “{UNRELEASED}”."
    nameless = [release.version for release in releases(changelog) if not release.commit]
    if nameless:
        return f"CHANGELOG.md does not name the commit of {nameless[0]}."
    return ""


def release(root: Path, version: str) -> str:
    """Bump, commit and tag, then name the commit in CHANGELOG.md, and return the tag."""
    tag = f"v{version}"
    _replace(root / BUMPED[0], f"^## {UNRELEASED}$", f"## {UNRELEASED}\n\n## {version}")
    _replace(root / BUMPED[1], r'^version = ".*"$', f'version = "{version}"')
    _replace(root / BUMPED[2], "^unreleased:", f'"{version}":')
    git(root, "commit", "--quiet", "--all", "--message", f"Release {version}")
    git(root, "tag", "--annotate", tag, "--message", f"Release {version}")
    commit = git(root, "rev-parse", "HEAD").strip()
    _replace(root / BUMPED[0], f"^## {re.escape(version)}$", f"## {version}\n\nCommit `{commit}`.")
    git(root, "commit", "--quiet", "--all", "--message", f"Name the commit of {tag}")
    return tag


def main() -> int:
    """Release the version that the command line names, and return the exit status."""
    version = sys.argv[1] if len(sys.argv) == 2 else ""
    try:
        refused = problem(ROOT, version)
        if not refused:
            print(f"{release(ROOT, version)} is tagged. Now: git push --follow-tags")
    except GitError as error:
        refused = str(error)
    if refused:
        print(refused, file=sys.stderr)
    return int(bool(refused))


def _replace(path: Path, pattern: str, text: str) -> None:
    content = path.read_text("utf-8")
    path.write_text(re.sub(pattern, text, content, count=1, flags=re.MULTILINE), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
