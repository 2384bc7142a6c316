"""SQLite: the database of development and tests."""

from pathlib import Path
from typing import Any
from urllib.parse import SplitResult

SCHEME = "sqlite"
LOCK_TIMEOUT_SECONDS = 5


def database(url: SplitResult, base_dir: Path) -> dict[str, Any]:
    """Return Django's settings of a database file; a relative one is in the project.

    Transactions begin IMMEDIATE, so that writers queue: a deferred one that reads before it writes
    is refused when another writer came between (https://www.sqlite.org/lang_transaction.html).
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(base_dir / url.path.removeprefix("/")),
        "OPTIONS": {
            "timeout": LOCK_TIMEOUT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL",
        },
    }
