"""What a provider says of the person who logs in."""

import unicodedata
from dataclasses import dataclass

from rest_framework.serializers import ValidationError

from apps.core.api_fields import EmailField
from apps.users.models import NAME_LENGTH

UNWANTED = ("Cc", "Cs")
"""Control characters and lone surrogates."""


@dataclass(frozen=True)
class Identity:
    """An account at a provider; `email` is None unless the provider has verified it."""

    provider: str
    subject: str
    email: str | None
    full_name: str | None


def expect[Kind](said: object, kind: type[Kind]) -> Kind:
    """Return a JSON value of this very type; `true` is no number.

    Raises:
        TypeError: it is of another one.
    """
    if type(said) is not kind:
        raise TypeError(f"no {kind.__name__}")
    return said


def clean_email(said: object) -> str | None:
    """Return the address as accounts have it, else None for what is no address."""
    try:
        return str(EmailField().run_validation(said))
    except ValidationError:
        return None


def clean_name(said: object) -> str | None:
    """Return a name that fits, else None for what is no name."""
    name = said if isinstance(said, str) else ""
    kept = "".join(c for c in name if unicodedata.category(c) not in UNWANTED)
    return kept.strip()[:NAME_LENGTH] or None
