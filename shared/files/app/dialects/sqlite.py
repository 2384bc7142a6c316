"""What is special to the database in use: SQLite."""

from typing import Any

from sqlalchemy import DateTime, Engine, String, Text

from app import sqlite
from app.settings import Settings

TIMESTAMP = DateTime()
LONG_TEXT = Text()


def text_type(length: int) -> String:
    """A string column that compares and sorts by code points."""
    return String(length)


def engine_options(_settings: Settings) -> dict[str, Any]:
    return sqlite.engine_options()


def configure(engine: Engine) -> None:
    """Attach the listeners of the engine's database."""
    sqlite.configure(engine)
