"""Logs are JSON in production, and never hold a secret."""

import json
import logging

import pytest
import structlog

from app.logs import configure_logging
from app.settings import Settings
from tests.conftest import make_settings
from tests.unit.test_settings import GOOD, build

PRODUCTION = build(**GOOD, log_level="info")


def test_a_line_is_json_with_the_request_and_without_secrets(
    capsys: pytest.CaptureFixture[str],
) -> None:
    configure_logging(PRODUCTION)
    structlog.contextvars.bind_contextvars(request_id="r-1")
    structlog.get_logger("test").info("event", access_token="abc", new_password="def", count=1)
    structlog.contextvars.clear_contextvars()
    line = json.loads(capsys.readouterr().err)
    assert line["request_id"] == "r-1"
    assert line["count"] == 1
    assert line["access_token"] == line["new_password"] == "[redacted]"


@pytest.mark.parametrize("settings", [PRODUCTION, make_settings()], ids=["json", "readable"])
def test_a_traceback_shows_no_local_variable(
    settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    configure_logging(settings)
    password = "correct " + "horse"
    try:
        raise RuntimeError(len(password))
    except RuntimeError:
        structlog.get_logger("test").exception("failed")
    logged = capsys.readouterr().err
    assert "RuntimeError" in logged
    assert password not in logged


def test_the_standard_library_logs_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(PRODUCTION)
    logging.getLogger("library").warning("a %s", "line")
    assert json.loads(capsys.readouterr().err)["event"] == "a line"
