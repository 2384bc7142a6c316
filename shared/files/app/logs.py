"""Logs: one JSON object a line in production, readable lines in development.

Tracebacks come without local variables, which may hold a password.
"""

import logging.config
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.tracebacks import ExceptionDictTransformer

from app.settings import Settings

SECRET_KEYS = ("password", "token", "secret", "authorization", "cookie")


def _redact(
    _logger: Any, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    for key in event:
        if any(word in key.lower() for word in SECRET_KEYS):
            event[key] = "[redacted]"
    return event


def configure_logging(settings: Settings) -> None:
    """Send structlog's and the standard library's records through one formatter."""
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        _redact,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
    logging.config.dictConfig(_standard_logging(settings, shared))


def _standard_logging(
    settings: Settings, shared: list[structlog.typing.Processor]
) -> dict[str, Any]:
    renderer: list[Any] = [
        structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    ]
    if settings.is_production:
        without_locals = ExceptionDictTransformer(show_locals=False)
        renderer = [
            structlog.processors.ExceptionRenderer(without_locals),
            structlog.processors.JSONRenderer(),
        ]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "app": {
                "()": structlog.stdlib.ProcessorFormatter,
                "foreign_pre_chain": shared,
                "processors": [
                    structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                    *renderer,
                ],
            }
        },
        "handlers": {"stdout": {"class": "logging.StreamHandler", "formatter": "app"}},
        "loggers": {"alembic.runtime.plugins": {"level": "WARNING"}},
        "root": {"handlers": ["stdout"], "level": settings.log_level.upper()},
    }
