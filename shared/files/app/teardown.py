"""How a request's session ends."""

from collections.abc import Callable
from inspect import iscoroutinefunction
from typing import Any

from flask import Flask
from sqlalchemy.exc import DBAPIError

Teardown = Callable[[BaseException | None], Any]


def close_sessions_quietly(app: Flask, driver_error: type[Exception]) -> None:
    """Change how Flask-SQLAlchemy-Lite, just initialised, ends what a request used.

    A connection that is lost when its session closes takes nothing from an answer that is made;
    outside of statements the error of its driver comes unwrapped.
    Asynchronous sessions, of which there are none, are not closed: that would start an event loop
    at the end of every request.
    """
    app.teardown_appcontext_funcs = [
        _quiet(app, function, (DBAPIError, driver_error))
        for function in app.teardown_appcontext_funcs
        if not iscoroutinefunction(function)
    ]


def _quiet(app: Flask, close: Teardown, losses: tuple[type[Exception], ...]) -> Teardown:
    def close_quietly(error: BaseException | None) -> None:
        try:
            close(error)
        except losses as lost:
            app.logger.warning("a connection was lost at its end: %s", type(lost).__name__)

    return close_quietly
