"""Making a release, in a small repository of the suite's own shape."""

from pathlib import Path

import pytest

from migrations.changelog import Release, between, releases
from releases.__main__ import problem, release
from releases.git import IDENTITY, git
from releases.tagged import ROOT, tagged, tags
from tests.history import needs_history

OLD = "1" * 40
CHANGELOG = f"""# Changelog

## Unreleased

- What is new.

## 0.9.0

Commit `{OLD}`.

- What was new.
"""


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for role in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{role}_NAME", "Test")
        monkeypatch.setenv(f"GIT_{role}_EMAIL", "test@example.com")
    (tmp_path / "migrations").mkdir()
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG)
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "0.9.0"\n')
    (tmp_path / "migrations/paths.yml").write_text("unreleased: {}\n")
    git(tmp_path, "init", "--quiet")
    git(tmp_path, "add", "--all")
    git(tmp_path, *IDENTITY, "commit", "--quiet", "--message", "All")
    return tmp_path


def test_release_bumps_and_tags(repository: Path) -> None:
    assert problem(repository, "1.0.0") == ""
    assert release(repository, "1.0.0") == "v1.0.0"
    tagged_commit = git(repository, "rev-parse", "v1.0.0^{commit}").strip()
    every = releases((repository / "CHANGELOG.md").read_text())
    assert every == [
        Release("1.0.0", tagged_commit, "- What is new.\n"),
        Release("0.9.0", OLD, "- What was new.\n"),
    ]
    assert 'version = "1.0.0"' in git(repository, "show", "v1.0.0:pyproject.toml")
    assert git(repository, "show", "v1.0.0:migrations/paths.yml") == '"1.0.0": {}\n'
    assert "\n## 1.0.0\n" in git(repository, "show", "v1.0.0:CHANGELOG.md")
    assert git(repository, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("version", "because"),
    [
        ("1.0", "'1.0' is no version such as 1.2.3."),
        ("v1.0.0", "'v1.0.0' is no version such as 1.2.3."),
        ("0.9.0", "0.9.0 does not come after 0.9.0."),
        ("0.8.9", "0.8.9 does not come after 0.9.0."),
    ],
)
def test_version_is_refused(repository: Path, version: str, because: str) -> None:
    assert problem(repository, version) == because


def test_a_tag_counts_as_a_release(repository: Path) -> None:
    git(repository, "tag", "v2.0.0")
    assert problem(repository, "1.0.0") == "1.0.0 does not come after 2.0.0."


def test_dirty_work_tree_is_refused(repository: Path) -> None:
    (repository / "new.txt").touch()
    assert problem(repository, "1.0.0") == "The work tree has changes: commit them first."


@pytest.mark.parametrize(
    ("old", "new", "because"),
    [
        ("- What is new.\n\n", "", "CHANGELOG.md has no entries under “Unreleased”."),
        (f"Commit `{OLD}`.\n", "", "CHANGELOG.md does not name the commit of 0.9.0."),
    ],
)
def test_changelog_is_refused(repository: Path, old: str, new: str, because: str) -> None:
    path = repository / "CHANGELOG.md"
    path.write_text(path.read_text().replace(old, new))
    git(repository, "commit", "--quiet", "--all", "--message", "Change")
    assert problem(repository, "1.0.0") == because


def test_changelog_between_two_versions() -> None:
    assert [found.version for found in between(CHANGELOG, "0.8.0", "v0.9.0")] == ["0.9.0"]
    assert [found.version for found in between(CHANGELOG, "0.9.0", "99.0.0")] == ["Unreleased"]
    assert between(CHANGELOG, "0.9.0", "0.9.0") == []
    assert between(CHANGELOG, "99.0.0", "99.0.0") == []


@needs_history
def test_the_suite_has_its_releases(tmp_path: Path) -> None:
    newest = releases((ROOT / "CHANGELOG.md").read_text())[0].version
    assert f'\nversion = "{newest}"\n' in (ROOT / "pyproject.toml").read_text()
    clone = tagged(tmp_path / "clone")
    for tag in tags():
        assert "copier.yml" in git(clone, "ls-tree", "--name-only", tag).splitlines()
    ours = git(ROOT, "ls-files", "--cached", "--others", "--exclude-standard").splitlines()
    there = git(clone, "ls-files").splitlines()
    assert sorted(path for path in ours if (ROOT / path).exists()) == sorted(there)
