"""The end of a request: a lost connection costs no answer, and no event loop is started."""

from inspect import iscoroutinefunction

import pytest
from flask import Flask
from sqlalchemy.exc import OperationalError

from app.teardown import close_sessions_quietly


class DriverError(Exception):
    """What a driver raises, where nobody wraps it."""


def make_app(error: Exception) -> Flask:
    app = Flask("test")

    def close(_: BaseException | None) -> None:
        raise error

    async def close_asynchronous(_: BaseException | None) -> None: ...

    app.teardown_appcontext(close)
    app.teardown_appcontext(close_asynchronous)
    app.add_url_rule("/", view_func=lambda: "made", endpoint="index")
    close_sessions_quietly(app, DriverError)
    return app


@pytest.mark.parametrize(
    "error", [OperationalError("ROLLBACK", {}, Exception("lost")), DriverError("lost")]
)
def test_a_connection_lost_at_its_end_costs_no_answer(error: Exception) -> None:
    app = make_app(error)
    assert app.test_client().get("/").text == "made"
    assert not any(map(iscoroutinefunction, app.teardown_appcontext_funcs))


def test_another_error_is_told() -> None:
    with pytest.raises(RuntimeError):
        make_app(RuntimeError()).test_client().get("/")
