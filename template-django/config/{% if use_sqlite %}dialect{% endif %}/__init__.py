"""The database in use: SQLite."""

from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config import sqlite


def read_database_url(url: str, base_dir: Path) -> dict[str, Any]:
    """Return Django's settings of the database that the URL names.

    Raises:
        ImproperlyConfigured: this is no URL of SQLite.
    """
    parts = urlsplit(url)
    if parts.scheme != sqlite.SCHEME:
        raise ImproperlyConfigured(f"DATABASE_URL must begin with {sqlite.SCHEME}:///")
    return sqlite.database(parts, base_dir)
