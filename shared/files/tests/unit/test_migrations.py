"""Migrations that Alembic writes can be run as they are, and stand as `make lint` wants them."""

import subprocess
import sys
from pathlib import Path

from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine, inspect, text

PROJECT = Path(__file__).parent.parent.parent
MIGRATIONS = PROJECT / "migrations"


def test_a_written_migration_imports_its_column_types(tmp_path: Path) -> None:
    config = Config(PROJECT / "alembic.ini")
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    config.set_main_option("version_locations", f"{MIGRATIONS / 'versions'}\n{tmp_path}")
    engine = create_engine(f"sqlite:///{tmp_path / 'migrated.db'}")
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
        connection.execute(text("ALTER TABLE todos DROP COLUMN completed_at"))
        command.revision(config, "Add it again", autogenerate=True, version_path=str(tmp_path))
        command.upgrade(config, "head")
        columns = {column["name"] for column in inspect(connection).get_columns("todos")}
    engine.dispose()
    assert "completed_at" in columns
    formatted = (sys.executable, "-m", "ruff", "format", "--check", str(tmp_path))
    subprocess.run(formatted, check=True)  # noqa: S603
