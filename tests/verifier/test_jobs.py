"""The stage `worker` sees a job that was done twice, and its mail server counts what it took."""

import smtplib
import socket
import subprocess
import sys
import threading

import httpx2
import pytest

from tests.verifier import jobs, server
from tests.verifier.conftest import MakeProject
from tests.verifier.jobs import Scene
from tests.verifier.project import StageError
from tests.verifier.smtp import MailServer, receiving

ADDRESS = "ada@example.com"
MAIL = f"To: {ADDRESS}\r\nSubject: Hello\r\n\r\nA line\r\n"
ROWS = [f"Todo {number}" for number in range(jobs.TODOS)]


class Answers(httpx2.BaseTransport):
    """Answers as a service whose exports have a status and these rows."""

    def __init__(self, status: str, rows: list[str]) -> None:
        self.status = status
        self.rows = rows

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if request.url.path == "/health/ready":
            checks = {"broker": "failed", "database": "ok"}
            return httpx2.Response(503, json={"checks": checks})
        if request.url.path.endswith("/download"):
            return httpx2.Response(200, text="\r\n".join(["title", *self.rows]))
        return httpx2.Response(200, json={"status": self.status})


@pytest.fixture
def scene(make_project: MakeProject, monkeypatch: pytest.MonkeyPatch) -> Scene:
    """A scene without a service: what its steps see is planted."""
    monkeypatch.setattr(jobs, "PATIENCE_SECONDS", 0.1)
    monkeypatch.setattr(jobs, "SETTLE_SECONDS", 0.1)
    scene = object.__new__(Scene)
    scene.project = make_project({}, task_queue="celery", broker="redis")
    return scene


def plant(scene: Scene, status: str, rows: list[str]) -> None:
    scene.client = httpx2.Client(transport=Answers(status, rows), base_url="http://test")


def test_an_export_that_is_whole_passes(scene: Scene) -> None:
    plant(scene, "done", ROWS[::-1])
    scene.expect_export("/export")


@pytest.mark.parametrize(
    ("status", "rows", "reason"),
    [
        ("running", ROWS, "not after .* is done"),
        ("failed", ROWS, "has failed"),
        ("done", [*ROWS, ROWS[0]], "holds"),
        ("done", ROWS[1:], "holds"),
    ],
)
def test_an_export_that_is_not_whole_fails(
    scene: Scene, status: str, rows: list[str], reason: str
) -> None:
    plant(scene, status, rows)
    with pytest.raises(StageError, match=reason):
        scene.expect_export("/export")


def test_readiness_that_does_not_know_of_the_outage_fails(scene: Scene) -> None:
    plant(scene, "done", ROWS)
    scene.expect_ready(503, "failed")
    with pytest.raises(StageError, match="/health/ready says"):
        scene.expect_ready(200, "ok")


def test_the_broker_of_readiness_may_be_the_database(
    scene: Scene, make_project: MakeProject
) -> None:
    plant(scene, "done", ROWS)
    scene.project = make_project({}, task_queue="django_tasks", broker="database")
    scene.expect_ready(503, "ok")


@pytest.mark.parametrize(("mails", "passes"), [(0, False), (1, True), (2, False)])
def test_a_mail_comes_once(scene: Scene, mails: int, passes: bool) -> None:
    with receiving() as scene.mails:
        for _ in range(mails):
            send(scene.mails)
        if passes:
            scene.expect_mail(ADDRESS)
            return
        with pytest.raises(StageError, match="mail"):
            scene.expect_mail(ADDRESS)


@pytest.mark.parametrize("last_words", ["", "QUIT\r\n"])
def test_a_mail_whose_sender_has_gone_is_not_taken(last_words: str) -> None:
    with receiving() as mails:
        mails.open.clear()
        with socket.create_connection(("127.0.0.1", port_of(mails))) as sender:
            sender.sendall(f"HELO x\r\nDATA\r\n{MAIL}.\r\n".encode())
            assert mails.waiting.wait(10)
            sender.sendall(last_words.encode())
        mails.open.set()
        send(mails)
        assert mails.count(ADDRESS) == 1


def test_a_stage_that_fails_leaves_no_mail_server_running() -> None:
    threads = threading.active_count()
    with pytest.raises(StageError, match="planted"), receiving():
        raise StageError("planted")
    assert threading.active_count() == threads


def test_a_process_that_does_not_stop_fails(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "STOP_SECONDS", 0.2)
    scene.environment = {}
    command = [sys.executable, "-c", "import signal; signal.pause()"]
    planted = subprocess.Popen(command, start_new_session=True)  # noqa: S603
    monkeypatch.setattr(server, "start", lambda *_, **__: planted)
    with (
        pytest.raises(StageError, match="after SIGTERM"),
        scene.running("worker") as worker,
    ):
        scene.await_end(worker)
    assert planted.wait() != 0


def port_of(mails: MailServer) -> int:
    return int(mails.server_address[1])


def send(mails: MailServer) -> None:
    with smtplib.SMTP("127.0.0.1", port_of(mails)) as client:
        client.sendmail("x@example.com", [ADDRESS], MAIL)
