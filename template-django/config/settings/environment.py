"""The environment variables; an empty one means its default.

Outside of tests, those that are not set are taken from `.env`.
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from dotenv import load_dotenv

BASE_DIR = Path(__file__).resolve().parents[2]
ENVIRONMENTS = ("development", "test", "production")

if os.environ.get("ENVIRONMENT") != "test":
    load_dotenv(BASE_DIR / ".env")


def text(name: str, default: str = "") -> str:
    return os.environ.get(name, "").strip() or default


def number(name: str, default: int) -> int:
    """Return a whole number.

    Raises:
        ImproperlyConfigured: the variable holds something else.
    """
    value = text(name, str(default))
    if not value.isdecimal():
        raise ImproperlyConfigured(f"{name} must be a whole number")
    return int(value)


def listed(name: str) -> list[str]:
    """Return the parts of a variable between its commas."""
    return [part.strip() for part in text(name).split(",") if part.strip()]


def unset(*names: str) -> list[str]:
    """Return those of the variables that have no value."""
    return [name for name in names if not text(name)]


ENVIRONMENT = text("ENVIRONMENT", "development")
IS_PRODUCTION = ENVIRONMENT == "production"

if ENVIRONMENT not in ENVIRONMENTS:
    raise ImproperlyConfigured(f"ENVIRONMENT must be one of {', '.join(ENVIRONMENTS)}")
