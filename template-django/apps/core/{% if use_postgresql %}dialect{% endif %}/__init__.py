"""What is special to the databases in use: PostgreSQL, and SQLite in development and tests."""

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.errors import LockNotAvailable

from apps.core import sqlite


def code_point_collation(connection: BaseDatabaseWrapper) -> str | None:
    """Return the collation that compares by code points, whatever the server's locale."""
    return "C" if connection.vendor == "postgresql" else None


def is_lock_timeout(error: OperationalError) -> bool:
    """Tell whether a lock was waited for in vain."""
    return isinstance(error.__cause__, LockNotAvailable) or sqlite.is_lock_timeout(error)
