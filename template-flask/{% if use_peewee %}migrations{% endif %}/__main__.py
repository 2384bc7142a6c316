"""Commands: up, down, check, revision; on the database that `DATABASE_URL` names."""

from typing import Annotated

import typer

from app.settings import get_settings
from migrations.drift import find_drift
from migrations.revisions import make_runner, opened, write_revision

app = typer.Typer(no_args_is_help=True, add_completion=False)


@app.callback()
def main() -> None:
    """Migrations of the database."""


@app.command()
def up() -> None:
    """Run every migration that has not run yet."""
    with opened(get_settings()) as database:
        for name in make_runner(database).up():
            typer.echo(f"up: {name}")


@app.command()
def down(*, everything: Annotated[bool, typer.Option("--all")] = False) -> None:
    """Undo the last migration, or all of them."""
    with opened(get_settings()) as database:
        runner = make_runner(database)
        applied = sorted(runner.applied())
        for name in runner.down(applied[0] if everything and applied else None):
            typer.echo(f"down: {name}")


@app.command()
def check() -> None:
    """Exit 1 when the tables are not what the models say, with the differences."""
    with opened(get_settings()) as database:
        differences = find_drift(database)
    for difference in differences:
        typer.echo(difference, err=True)
    if differences:
        raise typer.Exit(1)
    typer.echo("The tables are what the models say")


@app.command()
def revision(message: str) -> None:
    """Write a migration that makes the tables what the models say."""
    with opened(get_settings()) as database:
        path = write_revision(database, message)
    typer.echo(f"Look it over: {path}")


if __name__ == "__main__":
    app()
