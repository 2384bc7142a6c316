"""Commands: superuser, seed, check, purge, openapi."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Annotated, NoReturn

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.orm import Session

from app.extensions import db
from app.openapi import document
from app.schemas.base import Email, NewPassword
from app.services import housekeeping, seeds, users
from app.settings import Settings, get_settings

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def main() -> None:
    """Commands of the todo API."""


@app.command()
def superuser(email: str, password: Annotated[str, typer.Argument()]) -> None:
    """Create a superuser, or give an account that right and this password."""
    try:
        email = TypeAdapter(Email).validate_python(email)
        password = TypeAdapter(NewPassword).validate_python(password)
    except ValidationError as error:
        _fail(error.errors()[0]["msg"])
    _run(lambda session: users.create_superuser(session, email=email, password=password))
    typer.echo(f"{email} is a superuser")


@app.command()
def seed() -> None:
    """Fill the database with an example account and its todos; a second run adds nothing."""
    _run(seeds.seed)
    typer.echo(f"Log in as {seeds.EMAIL} with the password: {seeds.PASSWORD}")


@app.command()
def purge() -> None:
    """Delete expired tokens and keys; run it every hour."""
    _run(housekeeping.purge_expired)


@app.command()
def check() -> None:
    """Check the configuration and that the database answers; exit 1 with the reason if not."""
    settings = _settings()
    try:
        with _app_context(settings):
            db.ping()
    except Exception as error:
        _fail(f"the database does not answer: {type(error).__name__}")
    typer.echo(f"The configuration is good ({settings.environment.value})")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    with _app_context(_settings()):
        typer.echo(json.dumps(document(), indent=2))


def _settings() -> Settings:
    try:
        return get_settings()
    except ValidationError as error:
        _fail("; ".join(item["msg"] for item in error.errors()))


@contextmanager
def _app_context(settings: Settings) -> Iterator[None]:
    """Enter an app; its factory is imported here since that reads the settings too."""
    from app.main import create_app

    with create_app(settings).app_context():
        yield
        db.engine.dispose()


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _run(work: Callable[[Session], object]) -> None:
    with _app_context(_settings()), db.transaction() as session:
        work(session)


if __name__ == "__main__":
    app()
