"""What is special to the database in use: SQLite."""

from django.db.backends.base.base import BaseDatabaseWrapper

from apps.core.sqlite import is_lock_timeout as is_lock_timeout


def code_point_collation(_connection: BaseDatabaseWrapper) -> str | None:
    """Return the collation that compares by code points: none but the database's own."""
    return None
