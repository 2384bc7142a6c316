"""Each refusal by the real command line: one line, exit status 1, nothing written."""

from pathlib import Path

import pytest
import yaml

from tests.flow.conftest import CopierCommand

NAME = "a" * 200

REFUSALS = {
    "frmework=fastapi": "There is no question 'frmework': did you mean framework?",
    "input_check=passed": "There is no question 'input_check': did you mean auth?",
    "use_metrics=true": "There is no question 'use_metrics': did you mean features?",
    "database=oracle": "database='oracle' is not offered: choose postgresql, mysql or sqlite.",
    "python_version=2.7": "python_version='2.7' is not offered: choose 3.11, 3.12 or 3.13.",
    "container=maybe": "container='maybe' is not offered: choose true or false.",
    "features=[metrics, sms]": "features has no choice 'sms': choose among metrics.",
    "features=metrics": "features='metrics' is not a list: write [metrics].",
    f"project_name={NAME}": "project_name has 200 characters: 80 is the most.",
    "author_email=someone": "author_email='someone' is not an e-mail address.",
    "project_slug=import": (
        "project_slug=import is a Python keyword: choose another, such as import-app."
    ),
    "project_slug=json": (
        "project_slug=json is a module of Python's standard library: "
        "choose another, such as json-app."
    ),
}


@pytest.mark.parametrize(("answer", "message"), list(REFUSALS.items()), ids=lambda text: text[:30])
def test_refusal_is_one_line(
    answer: str, message: str, suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    destination = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", "-d", answer, suite, destination)
    assert (result.stderr, result.stdout, result.returncode) == (f"{message}\n", "", 1)
    assert not destination.exists()


def test_rule_names_both_sides(suite: Path, tmp_path: Path, copier_command: CopierCommand) -> None:
    answers = tmp_path / "answers.yml"
    answers.write_text(yaml.safe_dump({"devcontainer": True, "container": False}))
    destination = tmp_path / "project"
    result = copier_command(
        "copy", "--trust", "--defaults", "--data-file", answers, suite, destination
    )
    assert result.stderr == (
        "devcontainer=true needs container=true, not false: "
        "a development container is for a project that runs in containers.\n"
    )
    assert result.returncode == 1
    assert not destination.exists()


def test_trust_is_asked_for(suite: Path, tmp_path: Path, copier_command: CopierCommand) -> None:
    result = copier_command("copy", "--defaults", suite, tmp_path / "project")
    assert result.returncode == 4
    assert not (tmp_path / "project").exists()
