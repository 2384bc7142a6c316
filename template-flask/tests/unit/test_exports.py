"""An export that is not done, and one whose job failed."""

from typing import Any
from uuid import UUID

import pytest
from flask import Flask
from httpx2 import Client, Response
from sqlalchemy import delete, update

from app.extensions import db
from app.mail import ConsoleMailer
from app.models import Export, ExportChunk
from app.services import exports
from app.tasks import local
from app.tasks.exports import BUILD_EXPORT
from app.tasks.queue import JobContext
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
    def start_never(*_: Any, **__: Any) -> bool:
        return False

    monkeypatch.setattr(exports, "start_export", start_never)
    caller = sign_up(client)
    export_id = start_export(caller)
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "pending"
    assert is_problem(download(caller, export_id), 409)


def test_a_job_that_raises_leaves_a_failed_export(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any, **__: Any) -> None:
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


def test_a_job_that_comes_again_changes_nothing(client: Client, app: Flask) -> None:
    caller = sign_up(client)
    export_id = start_export(caller)
    first = download(caller, export_id).text
    caller.post("/todos", json={"title": "later"})
    build_again(app, export_id)
    assert download(caller, export_id).text == first


def test_an_export_that_somebody_finished_is_left_alone(client: Client, app: Flask) -> None:
    caller = sign_up(client)
    export_id = start_export(caller)
    with app.app_context(), db.transaction() as session:
        exports.write_export(session, export_id=UUID(export_id))
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "done"


def test_a_job_that_was_killed_is_done_again(client: Client, app: Flask) -> None:
    caller = sign_up(client)
    caller.post("/todos", json={"title": "once"})
    export_id = start_export(caller)
    with app.app_context(), db.transaction() as session:
        session.execute(delete(ExportChunk))
        session.execute(update(Export).values(status="running", finished_at=None))
    build_again(app, export_id)
    assert caller.get(f"/todos/exports/{export_id}").json()["status"] == "done"
    assert download(caller, export_id).text.count("once") == 1


def build_again(app: Flask, export_id: str) -> None:
    with app.app_context():
        BUILD_EXPORT.run(JobContext(db, ConsoleMailer()), export_id=export_id)
