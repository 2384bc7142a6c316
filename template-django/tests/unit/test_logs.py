"""Logs are JSON in production, and never hold a secret."""

import json
import logging
import logging.config
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.conf import settings

from apps.core.logs import logging_config

Configure = Callable[[bool], None]


@pytest.fixture
def configure() -> Iterator[Configure]:
    """Log as production does, or readably, until the test ends."""

    def use(as_json: bool) -> None:
        logging.config.dictConfig(logging_config(level="INFO", as_json=as_json))

    yield use
    logging_config(level="WARNING", as_json=False)
    logging.config.dictConfig(settings.LOGGING)


def test_a_line_is_json_with_the_request_and_without_secrets(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(True)
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.get_logger("test").info("event", access_token="abc", new_password="def", count=1)
    structlog.contextvars.clear_contextvars()
    line = json.loads(capsys.readouterr().err)
    assert line["request_id"] == "r-1"
    assert line["count"] == 1
    assert line["access_token"] == line["new_password"] == "[redacted]"


@pytest.mark.parametrize("as_json", [True, False])
def test_a_traceback_shows_no_local_variable(
    configure: Configure, capsys: pytest.CaptureFixture[str], as_json: bool
) -> None:
    configure(as_json)
    password = "correct " + "horse"
    try:
        raise RuntimeError(len(password))
    except RuntimeError:
        structlog.get_logger("test").exception("failed")
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert password not in logged


def test_the_standard_library_logs_the_same_way(
    configure: Configure, capsys: pytest.CaptureFixture[str]
) -> None:
    configure(True)
    logging.getLogger("library").warning("a %s", "line")
    assert json.loads(capsys.readouterr().err)["event"] == "a line"
