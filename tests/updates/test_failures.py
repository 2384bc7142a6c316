"""Updates that cannot be: one line says why, the exit status too, and nothing has changed."""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from releases.git import git
from releases.tagged import WORK_TREE
from tests.absent import absent
from tests.flow.conftest import CopierCommand
from tests.updates import user

ANSWERS = ".copier-answers.yml"
OLD = "v0.2.0"


@pytest.fixture(scope="module")
def rendered(
    releases: Path, copier_command: CopierCommand, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """Return a committed minimal project of an earlier release, which no test may change."""
    folder = tmp_path_factory.mktemp("rendered") / "project"
    options = ("-f", "--trust", "-q", "-r", OLD, "-d", "preset=minimal")
    copied = copier_command("copy", *options, releases, folder)
    assert copied.returncode == 0, copied.stderr
    user.begin(folder)
    return folder


@pytest.fixture
def project(rendered: Path, tmp_path: Path) -> Path:
    """Return a copy of the project."""
    return Path(shutil.copytree(rendered, tmp_path / "project"))


def append(line: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        path = project / ANSWERS
        path.write_text(f"{path.read_text()}{line}\n")
        user.commit(project, "Edit the answers by hand")

    return change


def replace(old: str, new: str) -> Callable[[Path], None]:
    def change(project: Path) -> None:
        user.edit(project / ANSWERS, {old: new})
        user.commit(project, "Edit the answers by hand")

    return change


def nothing(_project: Path) -> None:
    """Leave the project as it is."""


CASES: dict[str, tuple[Callable[[Path], None], list[str], str]] = {
    "a work tree that is dirty": (
        lambda project: (project / "new.txt").touch(),
        ["--trust"],
        "Destination repository is dirty; cannot continue. "
        "Please commit or stash your local changes and retry.",
    ),
    "a tag that is not there": (
        nothing,
        ["--trust", "-r", "v9.9.9"],
        "ValueError: Unknown revision: 'v9.9.9'",
    ),
    "the release of the project gone": (
        replace(f"_commit: {OLD}", "_commit: v9.9.9"),
        ["--trust"],
        "ValueError: Unknown revision: 'v9.9.9'",
    ),
    "an older template": (
        nothing,
        ["--trust", "-r", "v0.1.0"],
        "You are downgrading from 0.2.0 to 0.1.0. Downgrades are not supported.",
    ),
    "an unknown answer": (
        append("colour: red"),
        ["--trust"],
        "There is no question 'colour': did you mean orm?",
    ),
    "an answer that is not offered": (
        replace("database: sqlite", "database: oracle"),
        ["--trust"],
        "database='oracle' is not offered: choose postgresql, mysql or sqlite.",
    ),
    "answers that are no YAML": (
        append("colour: [red"),
        ["--trust"],
        "expected ',' or ']', but got '<stream end>'",
    ),
    "a framework that changes": (
        nothing,
        ["--trust", "-d", "framework=django"],
        "framework cannot change from 'flask' to 'django': copy a new project instead.",
    ),
    "no trust": (
        nothing,
        [],
        "Template uses potentially unsafe features: jinja_extensions, migrations.",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_update_that_cannot_be(name: str, project: Path, copier_command: CopierCommand) -> None:
    prepare, options, line = CASES[name]
    prepare(project)
    before = git(project, "status", "--porcelain", "--ignored")
    result = copier_command("update", "--defaults", *options, cwd=project)
    assert result.returncode == (1 if options else 4)
    assert line in [said.strip() for said in result.stderr.splitlines()[-3:]]
    assert git(project, "status", "--porcelain", "--ignored") == before


def test_check_update(project: Path, copier_command: CopierCommand) -> None:
    told = copier_command("check-update", cwd=project)
    assert told.returncode == 0
    assert "latest version is 99.0.0" in told.stdout + told.stderr
    assert copier_command("check-update", "--quiet", cwd=project).returncode == 2


def test_update_without_network_and_with_a_home_that_cannot_be_written(
    project: Path, releases: Path, environment: dict[str, str], tmp_path: Path
) -> None:
    if subprocess.run(["unshare", "-rn", "true"], check=False, capture_output=True).returncode:  # noqa: S607
        absent("this machine allows no network namespace")
    home = tmp_path / "home"
    home.mkdir()
    shutil.copy(environment["COPIER_SETTINGS_PATH"], home / "settings.yml")
    home.chmod(0o555)
    # Who is root in a namespace may write anywhere; without its capabilities it may not.
    alone = ["unshare", "-rn", "setpriv", "--bounding-set=-all", "--inh-caps=-all"]
    written = [*alone, "touch", str(home / "new")]
    assert subprocess.run(written, check=False, capture_output=True).returncode  # noqa: S603
    variables = {
        **environment,
        "HOME": str(home),
        "COPIER_SETTINGS_PATH": str(home / "settings.yml"),
    }
    fresh = tmp_path / "fresh"
    for arguments, folder in (
        (["update", "--trust", "--defaults"], project),
        (["copy", "--trust", "--defaults", "-r", WORK_TREE, str(releases), str(fresh)], tmp_path),
    ):
        done = subprocess.run(  # noqa: S603
            [*alone, sys.executable, "-m", "copier", *arguments],
            cwd=folder,
            env=variables,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    assert f"_commit: {WORK_TREE}" in (project / ANSWERS).read_text()
    assert (fresh / ANSWERS).exists()
