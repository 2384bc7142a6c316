"""The migrations in `versions/`: Peewee's runner of them, and writing the next one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from peewee import Database
from playhouse.migrations import Runner, template
from playhouse.schema_diff import diff_models

from app.dialect import open_database
from app.models import MODELS
from app.settings import Settings

VERSIONS = Path(__file__).parent / "versions"
UNTYPED = "(migrator, db):"
TYPED = "(migrator: SchemaMigrator, db: Database) -> None:"
IMPORTS = "from peewee import *"
TYPED_IMPORTS = f"{IMPORTS}\nfrom playhouse.migrate import SchemaMigrator"


def make_runner(database: Database) -> Any:
    return Runner(database, str(VERSIONS), table_name="migrations")


@contextmanager
def opened(settings: Settings) -> Iterator[Database]:
    """Connect to the database, and leave no connection behind."""
    database: Any = open_database(settings)
    with database.connection_context():
        yield database
    database.close_all()


def write_revision(database: Database, message: str) -> str:
    """Write what `diff_models` finds as the next migration, with types, and return its path."""
    body = template(diff_models(database, MODELS))
    body = body.replace(IMPORTS, TYPED_IMPORTS, 1).replace(UNTYPED, TYPED)
    path: str = make_runner(database).create(message, body=f'"""{message}."""\n\n{body}')
    return path
