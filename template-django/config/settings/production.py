"""Production refuses to start without its secrets and services."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment
from config.settings.security import DEVELOPMENT_SECRET_KEY, SECRET_KEY

MINIMUM_SECRET_BYTES = 32


def refuse_defaults() -> None:
    """Check what only development may leave out.

    Raises:
        ImproperlyConfigured: a secret is weak or missing, or a service is not named.
    """
    missing = [
        f"{name} must be set in production"
        for name in environment.unset("DATABASE_URL", "EMAIL_URL", "PUBLIC_URL")
    ]
    is_default = SECRET_KEY == DEVELOPMENT_SECRET_KEY
    if is_default or len(SECRET_KEY.encode()) < MINIMUM_SECRET_BYTES:
        missing.insert(0, f"SECRET_KEY must be set to {MINIMUM_SECRET_BYTES} random bytes or more")
    if missing:
        raise ImproperlyConfigured("; ".join(missing))
