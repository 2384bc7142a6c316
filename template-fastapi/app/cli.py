"""Commands: superuser, seed, check, purge, openapi."""

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Annotated, NoReturn

import typer
from pydantic import TypeAdapter, ValidationError
from sqlalchemy.ext.asyncio import AsyncSession

from app.database import Database
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
        asyncio.run(_ping(settings))
    except Exception as error:
        _fail(f"the database does not answer: {type(error).__name__}")
    typer.echo(f"The configuration is good ({settings.environment.value})")


@app.command()
def openapi() -> None:
    """Print the OpenAPI document."""
    from app.main import create_app

    typer.echo(json.dumps(create_app(_settings()).openapi(), indent=2))


def _settings() -> Settings:
    try:
        return get_settings()
    except ValidationError as error:
        _fail("; ".join(item["msg"] for item in error.errors()))


def _fail(message: str) -> NoReturn:
    typer.echo(message, err=True)
    raise typer.Exit(1)


def _run(work: Callable[[AsyncSession], Awaitable[object]]) -> None:
    asyncio.run(_in_transaction(_settings(), work))


async def _in_transaction(
    settings: Settings, work: Callable[[AsyncSession], Awaitable[object]]
) -> None:
    async with _open(settings) as database, database.transaction() as session:
        await work(session)


async def _ping(settings: Settings) -> None:
    async with _open(settings) as database:
        await database.ping()


@asynccontextmanager
async def _open(settings: Settings) -> AsyncIterator[Database]:
    database = Database(settings)
    try:
        yield database
    finally:
        await database.dispose()


if __name__ == "__main__":
    app()
