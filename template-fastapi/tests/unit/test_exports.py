"""An export that is not done, and one whose job failed."""

import asyncio
from typing import Any
from uuid import UUID

import pytest
from httpx2 import Client, Response

from app.database import Database
from app.mail import ConsoleMailer
from app.services import exports
from app.settings import Settings
from app.tasks import local
from app.tasks.exports import BUILD_EXPORT
from app.tasks.queue import JobContext
from tests.api.support import Caller, is_problem, sign_up
from tests.database import execute


def start_export(caller: Caller) -> str:
    answer = caller.post("/todos/exports")
    assert answer.status_code == 202
    return str(answer.json()["id"])


def download(caller: Caller, export_id: str) -> Response:
    return caller.get(f"/todos/exports/{export_id}/download")


def test_an_unfinished_export_cannot_be_downloaded(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def start_never(*_: Any, **__: Any) -> bool:
        return False

    monkeypatch.setattr(exports, "start_export", start_never)
    caller = sign_up(client)
    export_id = start_export(caller)
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "pending"
    assert is_problem(download(caller, export_id), 409)


def test_a_job_that_raises_leaves_a_failed_export(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(exports, "write_export", fail)
    monkeypatch.setattr(local, "FIRST_PAUSE_SECONDS", 0.001)
    caller = sign_up(client)
    export_id = start_export(caller)
    export = caller.get(f"/todos/exports/{export_id}").json()
    assert export["status"] == "failed"
    assert export["finished_at"] is not None
    assert export["row_count"] is None
    assert is_problem(download(caller, export_id), 409)


def test_an_export_that_cannot_be_failed_either_is_logged(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError("the database is gone")

    for name in ("write_export", "fail_export"):
        monkeypatch.setattr(exports, name, fail)
    monkeypatch.setattr(local, "FIRST_PAUSE_SECONDS", 0.001)
    caller = sign_up(client)
    export_id = start_export(caller)
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "running"
    assert "job_not_given_up" in caplog.text


def test_a_job_that_comes_again_changes_nothing(client: Client, settings: Settings) -> None:
    caller = sign_up(client)
    export_id = start_export(caller)
    first = download(caller, export_id).text
    caller.post("/todos", json={"title": "later"})
    asyncio.run(build_again(settings, export_id))
    assert download(caller, export_id).text == first


def test_an_export_that_somebody_finished_is_left_alone(client: Client, settings: Settings) -> None:
    caller = sign_up(client)
    export_id = start_export(caller)
    asyncio.run(write_again(settings, export_id))
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "done"


def test_a_job_that_was_killed_is_done_again(client: Client, settings: Settings) -> None:
    caller = sign_up(client)
    caller.post("/todos", json={"title": "once"})
    export_id = start_export(caller)
    asyncio.run(forget_outcome(settings))
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "running"
    asyncio.run(build_again(settings, export_id))
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "done"
    assert download(caller, export_id).text.count("once") == 1


async def build_again(settings: Settings, export_id: str) -> None:
    database = Database(settings)
    await BUILD_EXPORT.run(JobContext(database, ConsoleMailer()), export_id=export_id)
    await database.dispose()


async def write_again(settings: Settings, export_id: str) -> None:
    database = Database(settings)
    async with database.transaction() as session:
        await exports.write_export(session, export_id=UUID(export_id))
    await database.dispose()


async def forget_outcome(settings: Settings) -> None:
    """Leave exports as a worker does that dies between starting and finishing one."""
    database = Database(settings)
    undone = "UPDATE exports SET status = 'running', finished_at = NULL"
    await execute(database, "DELETE FROM export_chunks", undone)
    await database.dispose()
