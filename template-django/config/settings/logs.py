"""Logs: one JSON object a line in production, readable lines in development."""

from apps.core.logs import logging_config
from config.settings.environment import IS_PRODUCTION, text

LOGGING = logging_config(level=text("LOG_LEVEL", "info").upper(), as_json=IS_PRODUCTION)
