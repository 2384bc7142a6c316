"""Proof that a request is meant: a token of the session, and the origin of whoever logs in.

https://cheatsheetseries.owasp.org/cheatsheets/Cross-Site_Request_Forgery_Prevention_Cheat_Sheet.html
"""

import hashlib
import hmac
from urllib.parse import urlsplit

from app.settings import Settings

HEADER = "X-CSRF-Token"


def csrf_token(settings: Settings, session_token: str) -> str:
    """Return what a page of this session sends along, and another site's cannot know."""
    message = f"csrf:{session_token}".encode()
    return hmac.new(settings.secret_key.encode(), message, hashlib.sha256).hexdigest()


def is_csrf_token(settings: Settings, session_token: str, sent: str) -> bool:
    """Tell whether it is this session's, in constant time."""
    return hmac.compare_digest(csrf_token(settings, session_token).encode(), sent.encode())


def is_own_origin(settings: Settings, origin: str | None, host: str) -> bool:
    """Tell whether a page of this origin may log in; who sends none is no browser's page."""
    if origin is None:
        return True
    public = urlsplit(settings.public_url)
    own = {f"{public.scheme}://{name}" for name in (public.netloc, host)}
    return origin in own | {*settings.cors_origins}
