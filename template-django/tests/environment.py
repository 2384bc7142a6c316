"""The service as it would be with other environment variables."""

import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext
from importlib import import_module
from typing import Any
from unittest.mock import patch

from django.conf import settings
from django.db import connection, connections
from django.test import override_settings

PACKAGES = ("config.settings", "config.dialect", "tests.settings")


def settings_of(environment: Mapping[str, str], module: str = "tests.settings") -> dict[str, Any]:
    """Return what the settings' modules say in this environment.

    Raises:
        ImproperlyConfigured: they refuse it.
    """
    others = {name: found for name, found in sys.modules.items() if not name.startswith(PACKAGES)}
    with patch.dict("os.environ", environment), patch.dict("sys.modules", others, clear=True):
        found = vars(import_module(module))
    return {name: value for name, value in found.items() if name.isupper()}


@contextmanager
def other_environment(environment: Mapping[str, str]) -> Iterator[None]:
    """Run a block under other settings, with the tests' mailer.

    It runs on the same database, unless the environment names another one.
    """
    found = settings_of(environment)
    del found["MAILERS"]
    databases = found.pop("DATABASES")
    changed = {
        name: value for name, value in found.items() if value != getattr(settings, name, None)
    }
    is_elsewhere = "DATABASE_URL" in environment
    with override_settings(**changed), other_database(databases) if is_elsewhere else nullcontext():
        yield


@contextmanager
def other_database(databases: dict[str, Any]) -> Iterator[None]:
    """Connect to another database in a block; what is connected already stays so behind it."""
    kept = connections["default"]
    configured = connections.configure_settings(databases)
    del connections["default"]
    with (
        patch.object(connections, "settings", configured),
        patch.object(type(kept), "_connection_pools", {}, create=True),
    ):
        yield
        connection.close()
        del connections["default"]
    connections["default"] = kept
