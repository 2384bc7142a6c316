"""Releases to update from, and a newcomer's command line."""

from pathlib import Path

import pytest

from releases.tagged import tagged
from tests.flow.conftest import copier_command, environment
from tests.history import REASON, missing

__all__ = ["copier_command", "environment"]

collect_ignore = ["work"]


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a clone with a tag for each release and for the work tree."""
    if missing():
        pytest.skip(REASON)
    return tagged(tmp_path_factory.mktemp("releases") / "suite")
