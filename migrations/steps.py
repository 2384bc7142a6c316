"""What is to run after an update, in order: what other answers or other tables ask for as well."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from migrations import rows

Answers = Mapping[str, Any]

MANAGERS = Path(__file__).resolve().parent.parent / "questions/managers"


def steps(before: Answers, now: Answers, changed: Collection[str]) -> list[str]:
    """Return the commands, given both answers and the paths that the update changed."""
    before = {**now, **before}
    return [
        *_environment(before, now),
        "make install",
        *_addresses(before, now),
        "make migrate",
        *_tables(now, changed),
        *rows.moved(before, now, _run(now)),
        _tidy(now),
        "make lint test",
    ]


def _environment(before: Answers, now: Answers) -> Iterator[str]:
    """Another dependency manager makes its own environment and has its own lock file."""
    if before["dependency_manager"] != now["dependency_manager"]:
        yield f"rm -rf .venv {_manager(before).get('lock_file', '')}".strip()


def _addresses(before: Answers, now: Answers) -> Iterator[str]:
    """Another database is a new one; the rows of the old one move in below."""
    if before["database"] != now["database"]:
        yield f"export OLD_DATABASE_URL={rows.address(before)}  # where the rows are now"
        yield f"export DATABASE_URL={rows.address(now)}  # where they shall be, an empty database"


def _tables(now: Answers, changed: Collection[str]) -> Iterator[str]:
    """Migrations are the project's own: where models changed, it may need one more."""
    run = _run(now)
    if not any("models" in path for path in changed):
        return
    if now["framework"] == "django":
        yield f"{run}python manage.py makemigrations && make migrate"
        return
    if now["orm"] == "peewee":
        migrations = f"{run}python -m migrations"
        revision = f'{migrations} revision "Follow the template"'
        yield f"{migrations} check || ({revision} && make migrate)"
        return
    if now["orm"] == "tortoise":
        revision = f"{run}tortoise -c migrations.config.TORTOISE_ORM makemigrations"
        yield f"{run}python -m migrations.check || ({revision} && make migrate)"
        return
    revision = f'{run}alembic revision --autogenerate -m "Follow the template"'
    yield f"{run}alembic check || ({revision} && make migrate)"


def _tidy(now: Answers) -> str:
    """Two sides' lines may be out of order together, and migrations come as their tool writes."""
    run = _run(now)
    return f"{run}ruff check --fix-only . && {run}ruff format ."


def _run(answers: Answers) -> str:
    return str(_manager(answers).get("run", ""))


def _manager(answers: Answers) -> dict[str, Any]:
    """Return what the template says of the project's dependency manager, if it still offers it."""
    path = MANAGERS / f"{answers['dependency_manager']}.yml"
    return dict(yaml.safe_load(path.read_text("utf-8"))) if path.exists() else {}
