"""What the extensions add to a request."""

from inspect import iscoroutinefunction

from flask import Flask


def test_no_request_starts_an_event_loop(app: Flask) -> None:
    ends = [*app.teardown_appcontext_funcs, *app.teardown_request_funcs.get(None, [])]
    assert ends
    assert not any(map(iscoroutinefunction, ends))
