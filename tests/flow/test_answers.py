"""What the command line accepts."""

from pathlib import Path

import yaml

from extensions import guard
from tests.flow.conftest import CopierCommand, stored_answers

CHOOSING: dict[str, object] = {"help_me_choose": False} if guard.frameworks_compared() else {}


def test_defaults_need_no_terminal(
    suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    project = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", suite, project)
    assert result.returncode == 0, result.stderr
    for step in (f"cd {project}", "make install", "make migrate", "make dev"):
        assert step in result.stderr
    assert stored_answers(project) == CHOOSING | {
        "preset": "todo",
        "project_name": "Todo API",
        "project_slug": "todo-api",
        "description": "A todo backend.",
        "author_name": "The authors",
        "author_email": "authors@example.com",
        "license": "mit",
        "python_version": "3.11",
        "framework": "fastapi",
        "profile": "full",
        "database": "postgresql",
        "orm": "sqlalchemy",
        "auth": "jwt",
        "task_queue": "none",
        "features": [],
        "dependency_manager": "uv",
        "server": "granian",
        "container": True,
        "ci": "github",
        "template_updates": False,
        "pre_commit": True,
        "devcontainer": False,
    }


def test_every_answer_by_file(suite: Path, tmp_path: Path, copier_command: CopierCommand) -> None:
    answers = {
        "preset": "custom",
        "project_name": "O'Neill & Søn: Tasks",
        "project_slug": "oneill-tasks",
        "description": "Keeps track of what a family has to do.",
        "author_name": "Ada Lovelace",
        "author_email": "ada@example.org",
        "license": "gpl-3.0",
        "python_version": "3.13",
        "framework": "fastapi",
        "profile": "full",
        "database": "sqlite",
        "orm": "sqlalchemy",
        "auth": "jwt",
        "task_queue": "none",
        "features": ["metrics"],
        "dependency_manager": "pip",
        "server": "gunicorn",
        "container": True,
        "ci": "none",
        "pre_commit": False,
        "devcontainer": True,
    }
    file = tmp_path / "answers.yml"
    file.write_text(yaml.safe_dump(answers))
    project = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", "--data-file", file, suite, project)
    assert result.returncode == 0, result.stderr
    assert stored_answers(project) == CHOOSING | answers


def test_words_for_booleans_and_lists(
    suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    given = ("-d", "container=no", "-d", "features=[metrics]", "-d", "python_version=3.12")
    project = tmp_path / "project"
    result = copier_command("copy", "--trust", "--defaults", *given, suite, project)
    assert result.returncode == 0, result.stderr
    answers = stored_answers(project)
    assert answers["container"] is False
    assert answers["features"] == ["metrics"]
    assert answers["python_version"] == "3.12"
    assert "devcontainer" not in answers


def test_unanswered_question_without_terminal(
    suite: Path, tmp_path: Path, copier_command: CopierCommand
) -> None:
    result = copier_command("copy", "--trust", suite, tmp_path / "project")
    assert result.returncode == 1
    assert "Interactive session required" in result.stderr
    assert not (tmp_path / "project").exists()
