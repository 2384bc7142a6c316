"""What a provider says of the person who logs in."""

import unicodedata
from dataclasses import dataclass

from pydantic import TypeAdapter, ValidationError

from app.schemas.base import Email

NAME_LENGTH = 200
UNWANTED = ("Cc", "Cs")
"""Control characters and lone surrogates."""

_email = TypeAdapter[str](Email)


@dataclass(frozen=True)
class Identity:
    """An account at a provider; `email` is None unless the provider has verified it."""

    provider: str
    subject: str
    email: str | None
    full_name: str | None


def clean_email(email: str | None) -> str | None:
    """Return the address as accounts have it, else None for what is no address."""
    try:
        return _email.validate_python(email)
    except ValidationError:
        return None


def clean_name(name: str | None) -> str | None:
    kept = "".join(c for c in name or "" if unicodedata.category(c) not in UNWANTED)
    return kept.strip()[:NAME_LENGTH] or None
