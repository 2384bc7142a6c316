"""Mail: by SMTP where `EMAIL_URL` says so, else printed."""

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import text

SCHEMES = {"smtp": 587, "smtps": 465}
TIMEOUT_SECONDS = 20


def read_email_url(url: str) -> dict[str, Any]:
    """Return the mailer that the URL names.

    `smtps` is TLS from the start; `smtp` demands STARTTLS before it sends a password.

    Raises:
        ImproperlyConfigured: this is no URL of a mail server.
    """
    if not url:
        return {"BACKEND": "django.core.mail.backends.console.EmailBackend"}
    parts = urlsplit(url)
    if parts.scheme not in SCHEMES or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must be smtp://user:password@host:port")
    return {
        "BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "OPTIONS": {
            "host": parts.hostname,
            "port": parts.port or SCHEMES[parts.scheme],
            "username": unquote(parts.username or ""),
            "password": unquote(parts.password or ""),
            "use_ssl": parts.scheme == "smtps",
            "use_tls": parts.scheme == "smtp" and parts.username is not None,
            "timeout": TIMEOUT_SECONDS,
        },
    }


MAILERS = {"default": read_email_url(text("EMAIL_URL"))}
DEFAULT_FROM_EMAIL = text("EMAIL_FROM", "Todo API <no-reply@localhost>")
