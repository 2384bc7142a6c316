"""Readiness is told in time, whatever hangs."""

import time
from collections.abc import Iterator
from threading import Event

import pytest

from apps.core.limits import AttemptLimiter
from apps.health import probes, services


@pytest.fixture
def hanging() -> Iterator[Event]:
    """What checks that hang wait for, which comes when the test has ended."""
    end = Event()
    yield end
    end.set()


def test_checks_hang_side_by_side(hanging: Event, monkeypatch: pytest.MonkeyPatch) -> None:
    limiter = AttemptLimiter("1/minute", "redis://127.0.0.1:1/0")
    monkeypatch.setattr(probes, "attempts", lambda: limiter)
    monkeypatch.setattr(limiter, "ping", hanging.wait)
    monkeypatch.setattr(probes, "ping_database", hanging.wait)
    started = time.monotonic()
    found = services.run_checks()
    assert (found["database"], found["redis"]) == (False, False)
    assert time.monotonic() - started < 2 * services.TIMEOUT_SECONDS
