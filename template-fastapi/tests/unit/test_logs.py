"""Logs are JSON in production, and never hold a secret."""

import json
import logging

import pytest
import structlog

from app.logs import configure_logging
from tests.conftest import make_settings

PRODUCTION = make_settings(
    environment="production",
    log_level="info",
    secret_key="0123456789abcdef0123456789abcdef",
    database_url="sqlite+aiosqlite:///x.db",
    email_url="smtp://mail.example.com",
    public_url="https://todo.example.com",
)


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


def test_the_standard_library_logs_the_same_way(capsys: pytest.CaptureFixture[str]) -> None:
    configure_logging(PRODUCTION)
    logging.getLogger("library").warning("a %s", "line")
    assert json.loads(capsys.readouterr().err)["event"] == "a line"
