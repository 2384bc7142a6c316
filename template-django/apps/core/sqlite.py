"""SQLite: the database of development and tests."""

import sqlite3

from django.db import OperationalError


def is_lock_timeout(error: OperationalError) -> bool:
    """Tell whether a writer waited in vain for the one before it."""
    cause = error.__cause__
    return (
        isinstance(cause, sqlite3.OperationalError)
        and cause.sqlite_errorcode == sqlite3.SQLITE_BUSY
    )
