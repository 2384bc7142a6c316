"""Rows of the matrix as tests: one for each framework, then those that the last change concerns."""

from collections.abc import Iterator

import pytest

from tests.verifier import render
from tests.verifier.services import Services


@pytest.fixture(scope="session")
def services() -> Iterator[Services]:
    """Give the real services, our own instances where none is up, and end just those."""
    with Services() as up:
        yield up
    render.tidy()
