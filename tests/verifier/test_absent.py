"""What a machine lacks is a skip with its reason, and a failure in continuous integration."""

import pytest

from tests.absent import absent


def test_it_is_a_skip_on_a_machine_of_ones_own(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    with pytest.raises(pytest.skip.Exception, match="no such service"):
        absent("no such service")


def test_it_is_a_failure_in_continuous_integration(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CI", "true")
    with pytest.raises(pytest.fail.Exception, match="no such service"):
        absent("no such service")
