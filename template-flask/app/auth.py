"""Who calls: decorators of views that need a user, and the user of the present request."""

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec, TypeVar

import structlog
from flask import g, request

from app.authentication import authenticate
from app.errors import Forbidden
from app.extensions import limiter
from app.models import User

P = ParamSpec("P")
R = TypeVar("R")


def current_user() -> User:
    """Return the user whom `require_auth` let in."""
    user: User = g.user
    return user


def require_auth(view: Callable[P, R]) -> Callable[P, R]:
    """Let only active users in, who have logged in.

    Raises:
        Unauthenticated: as `authenticate`.
    """

    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        g.user = authenticate()
        structlog.contextvars.bind_contextvars(user_id=str(g.user.id))
        return view(*args, **kwargs)

    return guarded


def require_superuser(view: Callable[P, R]) -> Callable[P, R]:
    """Let only superusers in.

    Raises:
        Unauthenticated: as `require_auth`.
        Forbidden: the user is no superuser.
    """

    @require_auth
    @wraps(view)
    def guarded(*args: P.args, **kwargs: P.kwargs) -> R:
        if not current_user().is_superuser:
            raise Forbidden("Only superusers may do this")
        return view(*args, **kwargs)

    return guarded


def limit_address(view: Callable[P, R]) -> Callable[P, R]:
    """Count an attempt of the caller's address on this endpoint.

    Raises:
        RateLimited: there were too many.
    """

    @wraps(view)
    def limited(*args: P.args, **kwargs: P.kwargs) -> R:
        limiter.hit(request.path, "address", request.remote_addr or "unknown")
        return view(*args, **kwargs)

    return limited
