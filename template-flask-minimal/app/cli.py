"""Commands of the app: `flask seed`, `flask openapi`."""

import json
from datetime import timedelta

import click
from flask import Flask
from flask.cli import with_appcontext

from app.database import db, utc_now
from app.models import PriorityRank, Todo, TodoStatus
from app.openapi import document


def init_app(app: Flask) -> None:
    app.cli.add_command(seed)
    app.cli.add_command(print_document)


@click.command()
@with_appcontext
def seed() -> None:
    """Fill the database with example todos; a second run adds nothing."""
    if db.session.query(Todo).first() is None:
        db.session.add_all(_examples())
        db.session.commit()
    click.echo("There are example todos at /api/v1/todos")


@click.command("openapi")
@with_appcontext
def print_document() -> None:
    """Print the OpenAPI document."""
    click.echo(json.dumps(document(), indent=2))


def _examples() -> list[Todo]:
    now = utc_now()
    return [
        _todo("Water the plants", due_at=now + timedelta(hours=6)),
        _todo("Renew the passport", priority=PriorityRank.HIGH, due_at=now + timedelta(days=30)),
        _todo("Pay the electricity bill", priority=PriorityRank.URGENT, due_at=now),
        _todo("Read a paper on keyset pagination", priority=PriorityRank.LOW),
        _todo("Buy coffee", status=TodoStatus.DONE),
    ]


def _todo(
    title: str,
    *,
    status: TodoStatus = TodoStatus.OPEN,
    priority: PriorityRank = PriorityRank.MEDIUM,
    **values: object,
) -> Todo:
    todo = Todo(version=0)
    todo.write(title=title, description="", status=status.value, priority=priority.value, **values)
    return todo
