"""Timestamps are aware and in UTC."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from sqlalchemy.dialects.sqlite import dialect

from app.models.types import UTCDateTime

NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)


def test_naive_values_are_refused() -> None:
    with pytest.raises(ValueError, match="naive"):
        UTCDateTime().process_bind_param(NOON.replace(tzinfo=None), dialect())


def test_offsets_become_utc_and_come_back() -> None:
    column = UTCDateTime()
    abroad = NOON.astimezone(timezone(timedelta(hours=5)))
    stored = column.process_bind_param(abroad, dialect())
    assert column.process_result_value(stored, dialect()) == NOON
