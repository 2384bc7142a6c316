"""What differs by framework or mapper where the verifier uses a project: drivers, migrations."""

from collections.abc import Mapping
from dataclasses import dataclass

Command = tuple[str, ...]

ALEMBIC: tuple[Command, ...] = (
    ("alembic", "upgrade", "head"),
    ("alembic", "check"),
    ("alembic", "downgrade", "base"),
    ("alembic", "upgrade", "head"),
)
MANAGE = ("python", "manage.py")
DEPLOY = ("check", "--deploy", "--fail-level", "WARNING")
DJANGO: tuple[Command, ...] = (
    (*MANAGE, "migrate"),
    (*MANAGE, "makemigrations", "--check"),
    *((*MANAGE, "migrate", app, "zero") for app in ("exports", "todos", "tagging", "users")),
    (*MANAGE, "migrate"),
)
PEEWEE: tuple[Command, ...] = (
    ("python", "-m", "migrations", "up"),
    ("python", "-m", "migrations", "check"),
    ("python", "-m", "migrations", "down", "--all"),
    ("python", "-m", "migrations", "up"),
)
TORTOISE_TOOL = ("tortoise", "-c", "migrations.config.TORTOISE_ORM")
TORTOISE: tuple[Command, ...] = (
    (*TORTOISE_TOOL, "upgrade"),
    ("python", "-m", "migrations.check"),
    (*TORTOISE_TOOL, "downgrade", "models"),
    (*TORTOISE_TOOL, "upgrade"),
    ("python", "-m", "migrations.check"),
)
OWN_MIGRATIONS = {"peewee": PEEWEE, "tortoise": TORTOISE}
BLOCKING = {
    "postgresql": "postgresql+psycopg",
    "mysql": "mysql+pymysql",
    "sqlite": "sqlite",
}


@dataclass(frozen=True)
class Framework:
    """One framework's URL schemes by choice of `database`; its way up, down and up the schema.

    `chunks` is the table of exports' contents; `checks` are its own of a
    configuration for production.
    """

    schemes: Mapping[str, str]
    migrations: tuple[Command, ...]
    chunks: str = "export_chunks"
    has_admin: bool = False
    checks: tuple[Command, ...] = ()


FRAMEWORKS = {
    "fastapi": Framework(
        {
            "postgresql": "postgresql+asyncpg",
            "mysql": "mysql+asyncmy",
            "sqlite": "sqlite+aiosqlite",
        },
        ALEMBIC,
    ),
    "django": Framework(
        BLOCKING, DJANGO, "exports_exportchunk", has_admin=True, checks=((*MANAGE, *DEPLOY),)
    ),
    "flask": Framework(BLOCKING, ALEMBIC),
}
