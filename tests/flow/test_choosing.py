"""help_me_choose: the decision matrix, and what the command line makes of it."""

import re
import shutil
from pathlib import Path

import pytest
import yaml

from extensions import guard
from tests.flow.conftest import ROOT, CopierCommand, stored_answers, without

PAGE = (ROOT / "docs/choosing-a-framework.md").read_text()
MATRIX = re.findall(r"^\| (.+?) \| (`choose_.+?`) \| `(\w+)` \|$", PAGE, re.MULTILINE)
FRAMEWORKS = {"fastapi", "django", "flask"}
QUESTIONS = {name: q for name, q in guard.questions().items() if name in guard.choosing()}
ORDINARY = {name: question["default"] for name, question in QUESTIONS.items()}


def answered(written: str) -> dict[str, object]:
    """Return the answers of a row of the matrix, with the defaults of the rest."""
    given = dict(pair.split("=") for pair in re.findall(r"`(.+?)`", written))
    assert given.keys() <= QUESTIONS.keys()
    return {**ORDINARY, **{name: yaml.safe_load(value) for name, value in given.items()}}


def test_matrix_has_every_framework_and_every_question() -> None:
    assert {framework for _, _, framework in MATRIX} == FRAMEWORKS
    written = " ".join(answers for _, answers, _ in MATRIX)
    assert [name for name in QUESTIONS if name not in f"help_me_choose {written}"] == []
    rows = [line for line in PAGE.splitlines() if line.startswith("| ") and "`choose_" in line]
    assert len(rows) == len(MATRIX) > 10


@pytest.mark.parametrize(("what", "answers", "framework"), MATRIX)
def test_matrix_row(what: str, answers: str, framework: str) -> None:
    suggested, why = guard.suggested(answered(answers))
    assert suggested == framework, (what, why)
    assert why.startswith(f"{framework} is suggested (")


@pytest.mark.parametrize("name", sorted(guard.choosing() - {"help_me_choose"}))
def test_each_question_can_decide(name: str) -> None:
    """There are answers to the others with which this one makes the difference."""
    others = [
        {**ORDINARY, **answered(answers), **extra}
        for _, answers, _ in MATRIX
        for extra in ({}, {"choose_async": True}, {"choose_docs": False})
    ]
    assert any(
        len({guard.suggested({**other, name: v})[0] for v in guard.choices(QUESTIONS[name])}) > 1
        for other in others
    )


def test_scores_name_questions_and_frameworks() -> None:
    for score in guard.scores():
        assert set(score.points) == FRAMEWORKS
        for name, value in score.when.items():
            assert value in guard.choices(QUESTIONS[name])


def test_asked_once_all_are_offered() -> None:
    offered = set(guard.choices(guard.asked()["framework"]))
    assert guard.frameworks_compared() is (offered >= FRAMEWORKS)
    assert ("help_me_choose" in guard.asked()) is guard.frameworks_compared()


def test_unknown_while_a_framework_is_missing(
    wide_suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    suite = tmp_path / "suite"
    shutil.copytree(wide_suite, suite)
    without(suite, "framework", "django")
    result = copier_command(
        "copy", "--trust", "--defaults", "-d", "help_me_choose=true", suite, tmp_path / "project"
    )
    assert (result.returncode, result.stderr.count("\n")) == (1, 1)
    assert "There is no question 'help_me_choose'" in result.stderr


@pytest.mark.parametrize(
    ("given", "framework", "told"),
    [
        (
            ["choose_kind=web", "choose_pages=yes"],
            "django",
            "django is suggested (fastapi 2, django 8, flask 5), as people open its pages in a "
            "browser and the team writes synchronous code and it has forms, sessions and pages.",
        ),
        (["preset=todo", "choose_docs=no"], "flask", "flask is suggested (fastapi 3, django 2, "),
        (["choose_docs=no", "framework=django"], "django", "flask is suggested (fastapi 3, "),
        (["choose_docs=no", "profile=full"], "flask", "flask is suggested (fastapi 3, "),
        (["choose_docs=no", "server=uvicorn"], "fastapi", "flask is suggested (fastapi 3, "),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_suggestion_is_the_default(
    given: list[str],
    framework: str,
    told: str,
    wide_suite: Path,
    tmp_path: Path,
    copier_command: CopierCommand,
) -> None:
    data = [part for answer in ("help_me_choose=true", *given) for part in ("-d", answer)]
    project = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", *data, wide_suite, project)
    assert result.returncode == 0, result.stderr
    answers = stored_answers(project)
    assert answers["framework"] == framework
    assert answers.keys() >= guard.choosing()
    assert f"About the framework: {told}" in result.stderr


def test_nothing_is_kept_or_told_when_it_is_not_asked(
    wide_suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    project = tmp_path / "project"
    given = ("-d", "choose_kind=web")
    result = copier_command("copy", "--trust", "--defaults", *given, wide_suite, project)
    assert result.returncode == 0, result.stderr
    answers = stored_answers(project)
    assert answers["framework"] == "fastapi"
    assert answers.keys() & guard.choosing() == {"help_me_choose"}
    assert "suggested" not in result.stderr
