"""The admin: where it is, its sessions, and how it differs from the API in its headers."""

import django_stubs_ext
from django.utils.csp import CSP

from config.settings.environment import text
from config.settings.security import PUBLIC_URL

# Lets classes such as ModelAdmin be subscripted, as their type stubs want it.
django_stubs_ext.monkeypatch()

ADMIN_PATH = f"{text('ADMIN_PATH', 'staff').strip('/')}/"
ADMIN_CSP: dict[str, list[str]] = {
    "default-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}

LOGIN_REDIRECT_URL = "admin:index"
SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_PATH = CSRF_COOKIE_PATH = f"/{ADMIN_PATH}"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Strict"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = PUBLIC_URL.startswith("https://")
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
