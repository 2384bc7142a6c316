"""What is special to the databases in use: MySQL or MariaDB, and SQLite in development."""

from django.db import OperationalError
from django.db.backends.base.base import BaseDatabaseWrapper
from pymysql.constants.ER import LOCK_DEADLOCK, LOCK_WAIT_TIMEOUT

from apps.core import sqlite


def code_point_collation(connection: BaseDatabaseWrapper) -> str | None:
    """Return the collation that compares by code points, trailing spaces included."""
    if connection.vendor != "mysql":
        return None
    is_mariadb = getattr(connection, "mysql_is_mariadb", False)
    return "utf8mb4_nopad_bin" if is_mariadb else "utf8mb4_0900_bin"


def is_lock_timeout(error: OperationalError) -> bool:
    """Tell whether a lock was waited for in vain."""
    is_held = error.args[:1] in ((LOCK_WAIT_TIMEOUT,), (LOCK_DEADLOCK,))
    return is_held or sqlite.is_lock_timeout(error)
