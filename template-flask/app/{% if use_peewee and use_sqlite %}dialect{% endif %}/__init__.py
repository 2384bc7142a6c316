"""What is special to the database in use: SQLite."""

import sqlite3

from app.sqlite import open_database

SHARE_LOCK = "FOR SHARE"
DRIVER_ERRORS: tuple[type[Exception], ...] = (sqlite3.Error,)

__all__ = ["DRIVER_ERRORS", "SHARE_LOCK", "open_database"]
