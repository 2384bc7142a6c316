"""Secrets, passwords, hosts, origins, and the security headers."""

from django.core.exceptions import ImproperlyConfigured
from django.utils.csp import CSP

from config.settings.environment import listed, text

DEVELOPMENT_SECRET_KEY = "development-only-key-never-use-in-production"  # noqa: S105
SECRET_KEY = text("SECRET_KEY", DEVELOPMENT_SECRET_KEY)

# Errors are problems in every environment; tracebacks are in the log.
DEBUG = False

PUBLIC_URL = text("PUBLIC_URL", "http://localhost:8000")
ALLOWED_HOSTS = [host.removeprefix("*") or "*" for host in listed("ALLOWED_HOSTS")] or ["*"]

AUTH_USER_MODEL = "users.User"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_RATE_LIMIT = text("AUTH_RATE_LIMIT", "10/minute")
REDIS_URL = text("REDIS_URL")

# The largest body that is read, in bytes; a larger one is answered by 413.
DATA_UPLOAD_MAX_MEMORY_SIZE = 1 << 20

CORS_ALLOWED_ORIGINS = listed("CORS_ORIGINS")
CORS_ALLOW_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]
CORS_ALLOW_HEADERS = [
    "authorization",
    "content-type",
    "idempotency-key",
    "if-match",
    "if-none-match",
    "x-request-id",
]
CORS_EXPOSE_HEADERS = ["ETag", "Location", "Retry-After", "X-Request-ID"]

SECURE_CSP = {
    "default-src": [CSP.NONE],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.NONE],
}
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_REFERRER_POLICY = "no-referrer"
X_FRAME_OPTIONS = "DENY"

if "*" in CORS_ALLOWED_ORIGINS:
    raise ImproperlyConfigured("CORS_ORIGINS must name its origins: * is never allowed")
