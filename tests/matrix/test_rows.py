"""Every framework's default row, and in the time that is left the rows that a change concerns."""

import os
import time

import pytest

from tests.verifier import changed, report
from tests.verifier.array import Row, framework_rows, rows
from tests.verifier.prove import prove
from tests.verifier.services import Services

SECONDS = float(os.environ.get("TRIVET_SECONDS", "420"))


@pytest.mark.parametrize("row", framework_rows(), ids=lambda row: row.name)
def test_framework(row: Row, services: Services) -> None:
    verdict = prove(row, services)
    assert not verdict.failed, report.failure(verdict)


def test_changed_rows(services: Services) -> None:
    done = {row.name for row in framework_rows()}
    due = [row for row in changed.rows(rows()) if row.name not in done]
    verdicts, began = [], time.monotonic()
    while due and time.monotonic() - began < SECONDS:
        verdicts.append(prove(due.pop(0), services))
    print(f"{len(verdicts)} changed rows proved, {len(due)} left for want of time")
    failed = [report.failure(verdict) for verdict in verdicts if verdict.failed]
    assert not failed, "\n".join(failed)
