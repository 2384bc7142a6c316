"""What a test needs and this machine lacks."""

import os
from typing import NoReturn

import pytest


def absent(reason: str) -> NoReturn:
    """Skip the test with the reason; in continuous integration, where all is due, fail it."""
    if "CI" in os.environ:
        pytest.fail(reason)
    pytest.skip(reason)
