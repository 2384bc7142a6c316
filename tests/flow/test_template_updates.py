"""The weekly job: its own commands, run as the service runs them, offer what an update changes."""

import os
import subprocess
from pathlib import Path

import pytest
import yaml

from tests.flow.conftest import Git, Rendered

GITHUB = ".github/workflows/template-update.yml"
TOKEN = "secret"  # noqa: S105
REPOSITORY = "gitlab.example.com/team/project.git"
TITLE = "Update from the template"


def write_release(releases: Path, version: str) -> None:
    (releases / "template-fastapi/RELEASE.md").write_text(f"{version}\n")


@pytest.fixture
def remote(tmp_path: Path, git: Git) -> Path:
    """Return a repository that takes pushes and writes down their options."""
    folder = tmp_path / "remote.git"
    git(tmp_path, "init", "-q", "--bare", str(folder))
    git(folder, "config", "receive.advertisePushOptions", "true")
    hook = folder / "hooks/post-receive"
    hook.write_text(f'#!/bin/sh\nenv | grep ^GIT_PUSH_OPTION_ > "{tmp_path}/options"\n')
    hook.chmod(0o755)
    return folder


def run(project: Path, commands: list[str], **variables: str) -> None:
    """Run the commands in one shell, as GitLab does, but for what installs Copier."""
    script = "\n".join(line for line in commands if not line.startswith("pip install "))
    subprocess.run(  # noqa: S603
        ["bash", "-eo", "pipefail", "-c", script],  # noqa: S607
        cwd=project,
        env={"PATH": os.environ["PATH"], **variables},
        check=True,
        capture_output=True,
    )


def gitlab(project: Path, environment: dict[str, str], remote: Path) -> None:
    [job] = [
        job
        for name, job in yaml.safe_load((project / ".gitlab-ci.yml").read_text()).items()
        if name == "template-update"
    ]
    address = f"https://template-update:{TOKEN}@{REPOSITORY}"
    run(
        project,
        job["script"],
        HOME=environment["HOME"],
        CI_SERVER_PROTOCOL="https",
        CI_REPOSITORY_URL=f"https://gitlab-ci-token:other@{REPOSITORY}",
        TEMPLATE_UPDATE_TOKEN=TOKEN,
        GITLAB_USER_NAME="Zoë",
        GITLAB_USER_EMAIL="zoe@example.org",
        GIT_CONFIG_COUNT="1",
        GIT_CONFIG_KEY_0=f"url.{remote}.insteadOf",
        GIT_CONFIG_VALUE_0=address,
    )


def test_gitlab_s_job_asks_for_a_merge(
    rendered_release: Rendered,
    environment: dict[str, str],
    remote: Path,
    git: Git,
) -> None:
    project = rendered_release(write_release, "ci=gitlab", "template_updates=true")
    git(project, "checkout", "-q", "--detach")
    gitlab(project, environment, remote)
    assert git(remote, "show", "template-update:RELEASE.md") == "v2.0.0\n"
    shown = git(remote, "log", "--format=%an <%ae> %s", "template-update", "-1")
    assert shown == f"Zoë <zoe@example.org> {TITLE}\n"
    assert (remote.parent / "options").read_text().splitlines() == [
        "GIT_PUSH_OPTION_COUNT=2",
        "GIT_PUSH_OPTION_0=merge_request.create",
        f"GIT_PUSH_OPTION_1=merge_request.title={TITLE}",
    ]


def test_gitlab_s_job_is_silent_where_nothing_is_new(
    rendered_release: Rendered, environment: dict[str, str], remote: Path, git: Git
) -> None:
    project = rendered_release(write_release, "ci=gitlab", "template_updates=true")
    gitlab(project, environment, remote)
    git(remote, "branch", "-D", "template-update")
    gitlab(project, environment, remote)
    assert git(remote, "branch") == ""


def test_github_s_job_leaves_the_update_and_its_message(
    rendered_release: Rendered, environment: dict[str, str], tmp_path: Path
) -> None:
    project = rendered_release(write_release, "ci=github", "template_updates=true")
    [job] = yaml.safe_load((project / GITHUB).read_text())["jobs"].values()
    commands = [step["run"] for step in job["steps"] if "run" in step]
    run(project, commands, HOME=environment["HOME"], RUNNER_TEMP=str(tmp_path))
    assert (project / "RELEASE.md").read_text() == "v2.0.0\n"
    [asking] = [step["with"] for step in job["steps"] if "create-pull-request" in str(step)]
    assert asking["body-path"] == "${{ runner.temp }}/update.txt"
    said = (tmp_path / "update.txt").read_text()
    assert "2.0.0" in said
    assert "`git diff` shows what changed" in said


def test_the_job_installs_the_copier_that_the_suite_is_proven_with() -> None:
    root = Path(__file__).resolve().parents[2]
    computed = yaml.safe_load((root / "questions/computed.yml").read_text())
    pinned = (root / "pyproject.toml").read_text()
    for package in computed["copier_packages"]["default"].split():
        assert f'"{package}"' in pinned
