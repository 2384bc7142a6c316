"""Presets: what they answer by default, where they give way, and when they are offered."""

import shutil
from pathlib import Path

import pytest
import yaml

from extensions import guard
from tests.flow.conftest import ROOT, CopierCommand, Git, stored_answers, without

EVERY = yaml.safe_load((ROOT / "questions/presets.yml").read_text())
ENTERPRISE = {
    "framework": "django",
    "database": "postgresql",
    "features": ["metrics"],
    "container": True,
    "ci": "github",
    "template_updates": True,
    "pre_commit": True,
    "devcontainer": True,
}
MINIMAL = {
    "framework": "flask",
    "profile": "minimal",
    "database": "sqlite",
    "features": [],
    "container": False,
    "ci": "none",
    "pre_commit": False,
}
USUAL = {
    "framework": "fastapi",
    "database": "postgresql",
    "orm": "sqlalchemy",
    "auth": "jwt",
    "profile": "full",
    "features": [],
    "container": True,
    "template_updates": False,
    "devcontainer": False,
}


@pytest.mark.parametrize("preset", EVERY)
def test_offered_once_its_answers_are(preset: str) -> None:
    asked = guard.asked()
    stands = all(
        set(value if isinstance(value, list) else [value]) <= set(guard.choices(asked[name]))
        for name, value in EVERY[preset]["answers"].items()
        if name in asked
    ) and EVERY[preset]["answers"].keys() <= set(asked)
    assert (preset in guard.choices(asked["preset"])) is stands


@pytest.mark.parametrize("preset", guard.presets())
def test_its_answers_stand(preset: str) -> None:
    answers = guard.defaults({"preset": preset})
    assert guard.conflicts(answers) == []
    given = dict(guard.presets()[preset].answers)
    # Whose accounts people log in with is asked once they do.
    given.pop("oauth_providers", None)
    assert answers | given == answers


def test_providers_of_logins_elsewhere_are_chosen_with_them() -> None:
    assert guard.defaults({})["oauth_providers"] == []
    assert guard.defaults({"auth": "oauth2"})["oauth_providers"] == ["google", "github"]


def test_first_preset_is_the_default() -> None:
    assert guard.defaults({})["preset"] == next(iter(EVERY)) == "todo"


def test_what_is_not_wired_is_refused(
    wide_suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    suite = tmp_path / "suite"
    shutil.copytree(wide_suite, suite)
    without(suite, "framework", "django")
    result = copier_command(
        "copy", "--trust", "--defaults", "-d", "preset=enterprise", suite, tmp_path / "project"
    )
    assert result.returncode == 1
    assert result.stderr == (
        "preset='enterprise' is not offered: choose todo, minimal or custom.\n"
    )


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ([], {"preset": "todo", **USUAL}),
        (["preset=todo"], USUAL),
        (["preset=enterprise"], {**ENTERPRISE, "python_version": "3.12"}),
        (["preset=enterprise", "database=mysql"], {**ENTERPRISE, "database": "mysql"}),
        (["preset=enterprise", "features=[]"], {**ENTERPRISE, "features": []}),
        (["preset=enterprise", "framework=fastapi"], {"framework": "fastapi", "ci": "github"}),
        (["preset=enterprise", "container=false"], {"framework": "django", "container": False}),
        (["preset=minimal"], MINIMAL),
        (["preset=minimal", "container=yes"], {**MINIMAL, "container": True}),
        (["preset=custom"], {"preset": "custom", **USUAL}),
        (["profile=minimal"], {"preset": "todo", "framework": "flask"}),
    ],
    ids=" ".join,
)
def test_defaults_are_the_presets(
    given: list[str],
    expected: dict[str, object],
    wide_suite: Path,
    tmp_path: Path,
    copier_command: CopierCommand,
) -> None:
    data = [part for answer in given for part in ("-d", answer)]
    project = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", *data, wide_suite, project)
    assert result.returncode == 0, result.stderr
    answers = stored_answers(project)
    assert {name: answers[name] for name in expected} == expected
    assert ("devcontainer" in answers) is answers["container"]


def test_framework_of_a_named_preset_is_not_replaced(
    wide_suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    given = ("-d", "preset=enterprise", "-d", "python_version=3.11")
    result = copier_command("copy", "--trust", "--defaults", *given, wide_suite, tmp_path / "new")
    assert result.returncode == 1
    assert result.stderr.startswith("framework=django needs python_version=3.12 or 3.13, not 3.11:")
    assert result.stderr.count("\n") == 1


def test_update_moves_only_what_was_not_answered(
    wide_suite: Path, tmp_path: Path, git: Git, copier_command: CopierCommand
) -> None:
    releases = tmp_path / "releases"
    shutil.copytree(wide_suite, releases)
    git(releases, "init", "-q")
    for version in ("v1.0.0", "v2.0.0"):
        (releases / "template-fastapi/RELEASE.md").write_text(f"{version}\n")
        git(releases, "add", "-A")
        git(releases, "commit", "-q", "-m", version)
        git(releases, "tag", version)
    project = tmp_path / "project"
    source = f"git+file://{releases}"
    first = ("--vcs-ref", "v1.0.0", "-d", "container=false", source, project)
    copied = copier_command("copy", "--trust", "--defaults", *first)
    assert copied.returncode == 0, copied.stderr
    before = stored_answers(project)
    git(project, "init", "-q")
    git(project, "add", "-A")
    git(project, "commit", "-q", "-m", "Render")

    switch = ("-d", "preset=enterprise", "-d", "container=true")
    updated = copier_command("update", "--trust", "--defaults", *switch, cwd=project)
    assert updated.returncode == 0, updated.stderr
    after = stored_answers(project)
    assert (before["preset"], before["framework"], before["features"]) == ("todo", "fastapi", [])
    assert after == {
        **before,
        "preset": "enterprise",
        "container": True,
        "devcontainer": True,
    }
