"""An export that is not done, one whose job failed or came twice, and one that was lost."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.core.management import call_command
from django.utils import timezone
from httpx2 import Client, Response

from apps.exports import services
from apps.exports.models import Export, ExportChunk
from apps.exports.receivers import PATIENCE
from tests.api.support import Caller, is_problem, sign_up


def start_export(caller: Caller) -> str:
    answer = caller.post("/todos/exports")
    assert answer.status_code == 202
    return str(answer.json()["id"])


def download(caller: Caller, export_id: str) -> Response:
    return caller.get(f"/todos/exports/{export_id}/download")


def test_an_unfinished_export_cannot_be_downloaded(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def start_never(**_: Any) -> bool:
        return False

    monkeypatch.setattr(services, "start_export", start_never)
    caller = sign_up(client)
    export_id = start_export(caller)

    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "pending"
    assert is_problem(download(caller, export_id), 409)


def test_a_job_that_raises_leaves_a_failed_export(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(**_: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(services, "write_export", fail)
    caller = sign_up(client)
    export_id = start_export(caller)

    export = caller.get(f"/todos/exports/{export_id}").json()
    assert export["status"] == "failed"
    assert export["finished_at"] is not None
    assert export["row_count"] is None
    assert is_problem(download(caller, export_id), 409)


def test_a_job_that_comes_twice_changes_nothing(client: Client) -> None:
    caller = sign_up(client)
    export_id = UUID(start_export(caller))
    finished = Export.objects.get(id=export_id)

    assert not services.start_export(export_id=export_id)
    services.write_export(export_id=export_id)
    services.fail_export(export_id=export_id)

    assert ExportChunk.objects.filter(export_id=export_id).count() == 1
    again = Export.objects.get(id=export_id)
    assert (again.status, again.finished_at) == ("done", finished.finished_at)


def test_an_abandoned_export_fails_in_the_end(client: Client) -> None:
    owner_id = sign_up(client).id
    now = timezone.now()
    for age in (PATIENCE, timedelta(0)):
        Export.objects.create(owner_id=owner_id, created_at=now - age)

    call_command("purge")

    statuses = Export.objects.order_by("created_at").values_list("status", flat=True)
    assert list(statuses) == ["failed", "pending"]
