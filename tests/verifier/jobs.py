"""The stage `worker`: workers and their broker are killed in mid-job, and nothing is lost.

Each job's effect is to be there once: a mail is counted by the server that takes it, an export's
rows are counted in its download.
"""

import csv
import io
import os
import secrets
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from typing import Any

import httpx2

from tests.verifier import server
from tests.verifier.journey import PASSWORD, Journey
from tests.verifier.locks import locked
from tests.verifier.logins import API
from tests.verifier.project import Project, StageError
from tests.verifier.servers import Server
from tests.verifier.services import broker_url
from tests.verifier.smtp import MailServer, receiving

TIME_LIMIT_SECONDS = 10
# A worker's start, and the time after which a broker that notices no death gives a job to another.
PATIENCE_SECONDS = 150.0
# How long a second effect is waited for.
SETTLE_SECONDS = 3.0
STOP_SECONDS = 30.0
READY_SECONDS = 2.0
TODOS = 3


def run(project: Project, database_url: str, broker: Server | None) -> None:
    """Have jobs done by workers that are killed, stopped and cut off from their broker.

    The broker may be the database, and that a file, which nobody is cut off from.

    Raises:
        StageError: a job was lost or done twice, or somebody did not stop or come back.
    """
    with ExitStack() as stack:
        mails = stack.enter_context(receiving())
        environment = {
            "ENVIRONMENT": "production",
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": "http://localhost",
            "AUTH_RATE_LIMIT": "1000000/minute",
            "DATABASE_URL": database_url,
            "EMAIL_URL": mails.url,
            "JOB_TIME_LIMIT": str(TIME_LIMIT_SECONDS),
            **project.clients,
        }
        if broker and project.has_broker_server:
            environment["BROKER_URL"] = broker_url(broker.name, port=broker.port)
        project.run("make", "migrate", environment=environment)
        address = stack.enter_context(server.running(project, **environment))
        scene = Scene(project, environment, address, mails)
        scene.check_killed_workers(database_url)
        scene.check_stopped_worker()
        scene.check_lost_broker(broker)


@contextmanager
def own_broker(project: Project) -> Iterator[Server]:
    """Start the project's broker for this project alone."""
    broker = Server(str(project.answers["broker"]), server.free_port())
    try:
        broker.start()
        yield broker
    finally:
        broker.remove()


class Scene:
    """A running service, the environment that its workers share, and the mail server of both."""

    def __init__(
        self, project: Project, environment: dict[str, str], address: str, mails: MailServer
    ) -> None:
        self.project = project
        self.environment = environment
        self.mails = mails
        journey = Journey(address, project.auth)
        self.client = journey.client
        self.email = self.register()
        journey.log_in(self.email)
        for number in range(TODOS):
            self.post("todos", 201, title=f"Todo {number}")

    def check_killed_workers(self, database_url: str) -> None:
        """Kill workers by SIGKILL while one sends a mail and one writes an export."""
        with self.running("worker") as first, self.running("worker") as second:
            self.expect_mail(self.email)
            self.mails.waiting.clear()
            self.mails.open.clear()
            email = self.register()
            self.wait("a worker begins to send", self.mails.waiting.is_set)
            with locked(self.project, database_url):
                export = self.begin_export("running" if self.has_lock else "")
                for worker in (first, second):
                    os.killpg(worker.pid, signal.SIGKILL)
                    worker.wait()
        # On a busy machine a killed process keeps its connections for a moment.
        time.sleep(SETTLE_SECONDS)
        self.mails.open.set()
        with self.running("worker"):
            self.expect_export(export)
            self.expect_mail(self.email)
            self.expect_mail(email)

    def check_stopped_worker(self) -> None:
        """Stop a worker by SIGTERM while it sends a mail."""
        self.mails.waiting.clear()
        self.mails.open.clear()
        with self.running("worker") as worker:
            email = self.register()
            self.wait("the worker begins to send", self.mails.waiting.is_set)
            worker.terminate()
            time.sleep(SETTLE_SECONDS / 3)
            self.mails.open.set()
            self.await_end(worker)
        self.expect_mail(email)

    def check_lost_broker(self, broker: Server | None) -> None:
        """Kill the broker, if it is a server, and stop worker and scheduler by SIGTERM."""
        with self.running("worker") as worker, self.running("scheduler") as scheduler:
            self.expect_export(self.begin_export())
            if broker is not None:
                self.lose_broker(broker, worker)
            for process in (worker, scheduler):
                process.terminate()
                self.await_end(process)

    def lose_broker(self, broker: Server, worker: subprocess.Popen[bytes]) -> None:
        """Kill the broker with a job in it, while the worker looks away, and start it again."""
        os.killpg(worker.pid, signal.SIGSTOP)
        waiting = self.begin_export("pending")
        time.sleep(SETTLE_SECONDS)
        broker.crash()
        self.expect_ready(503, "failed")
        if self.project.has_broker_server:
            self.expect_export(self.begin_export())
            self.expect_mail(self.register())
        else:
            # The database: without it the service does nothing, and the worker is to outlive that.
            os.killpg(worker.pid, signal.SIGCONT)
            time.sleep(SETTLE_SECONDS)
        broker.start()
        self.wait("the service finds the broker again", lambda: self.ready() == (200, "ok"))
        os.killpg(worker.pid, signal.SIGCONT)
        self.expect_export(waiting)
        self.expect_export(self.begin_export())

    @property
    def has_lock(self) -> bool:
        """Whether a table can be locked without its database, which SQLite's cannot."""
        return bool(self.project.answers["database"] != "sqlite")

    @contextmanager
    def running(self, target: str) -> Iterator[subprocess.Popen[bytes]]:
        """Run a target of the Makefile until the block ends, if it does not end before."""
        process = server.start(self.project, target, **self.environment)
        try:
            yield process
        finally:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def await_end(self, process: subprocess.Popen[bytes]) -> None:
        """See a process end cleanly after a SIGTERM."""
        try:
            status = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            reason = f"{process.args!r} runs {STOP_SECONDS:.0f} s after SIGTERM"
            raise StageError(reason) from None
        if status not in server.CLEAN:
            raise StageError(f"{process.args!r} ended with status {status} on SIGTERM")

    def register(self) -> str:
        """Make an account, which has a mail sent to it; return its address."""
        email = f"{secrets.token_hex(6)}@example.com"
        self.post("auth/register", 201, email=email, password=PASSWORD)
        return email

    def begin_export(self, status: str = "") -> str:
        """Begin an export, wait until it has this status, if any, and return its path."""
        path = str(self.post("todos/exports", 202).headers["Location"])
        if status:
            self.wait(f"{path} is {status}", lambda: self.status(path) == status)
        return path

    def status(self, path: str) -> str:
        """Return how far an export is."""
        return str(self.client.get(path).raise_for_status().json()["status"])

    def expect_export(self, path: str) -> None:
        """See an export done, with each todo once."""
        self.wait(f"{path} is done", lambda: self.status(path) in ("done", "failed"))
        if self.status(path) == "failed":
            raise StageError(f"{path} has failed")
        text = self.client.get(f"{path}/download").raise_for_status().text
        titles = [row["title"] for row in csv.DictReader(io.StringIO(text, newline=""))]
        if sorted(titles) != [f"Todo {number}" for number in range(TODOS)]:
            raise StageError(f"{path} holds {titles}")

    def expect_mail(self, email: str) -> None:
        """See a mail arrive, and no second one."""
        self.wait(f"a mail to {email} arrives", lambda: self.mails.count(email) > 0)
        time.sleep(SETTLE_SECONDS)
        if (count := self.mails.count(email)) != 1:
            raise StageError(f"{email} got {count} mails")

    def expect_ready(self, status: int, broker: str) -> None:
        """See readiness say at once how the broker is."""
        began = time.monotonic()
        found = self.ready()
        took = time.monotonic() - began
        if found != (status, broker) or took > READY_SECONDS:
            raise StageError(f"/health/ready says {found} of the broker after {took:.1f} s")

    def ready(self) -> tuple[int, str]:
        """Return the status of readiness, and what it says of the broker."""
        answer = self.client.get("/health/ready")
        name = "broker" if self.project.has_broker_server else "database"
        return answer.status_code, answer.json()["checks"][name]

    def post(self, path: str, status: int, **body: Any) -> httpx2.Response:
        """Send a POST request that is to be answered by this status."""
        answer = self.client.post(f"{API}/{path}", json=body or None)
        if answer.status_code != status:
            raise StageError(f"POST {path}: {answer.status_code} instead of {status}")
        return answer

    def wait(self, what: str, done: Callable[[], bool]) -> None:
        """Wait until it is so."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not done():
            if time.monotonic() > deadline:
                raise StageError(f"not after {PATIENCE_SECONDS:.0f} s: {what}")
            time.sleep(0.1)
