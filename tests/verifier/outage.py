"""The database goes away under load and comes back; the running server outlives both."""

import secrets
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event

import httpx2

from tests.verifier import server
from tests.verifier.journey import Journey
from tests.verifier.logins import API, Headers
from tests.verifier.project import Project, StageError
from tests.verifier.servers import Server
from tests.verifier.throwaway import create_database

CLIENTS = 12
ANSWER_SECONDS = 2.0
WARM_UP_ANSWERS = 10 * CLIENTS
WARM_UP_SECONDS = 20.0
OUTAGE_SECONDS = 4.0
RETURN_SECONDS = 10.0
UNAVAILABLE = 503
SERVER_ERROR = 500


@dataclass(frozen=True)
class Answer:
    """What came of one request; times in seconds on the monotonic clock."""

    began: float
    took: float
    status: int
    retry_after: str | None


def run(project: Project) -> None:
    """End the database while twelve clients read and write, and start it again.

    Raises:
        StageError: a request was answered by another error than 503, or late, or the service did
            not come back by itself.
    """
    with own_database(project) as (database, url):
        project.run("make", "migrate", environment={"DATABASE_URL": url})
        limits = {"AUTH_RATE_LIMIT": "1000000/minute", "LOG_LEVEL": "critical"}
        with server.running(project, DATABASE_URL=url, **limits) as address:
            headers = _log_in(address, project.auth) if project.has_users else {}
            with _load(address, headers) as answers:
                _await_load(answers)
                database.crash()
                gone = time.monotonic()
                time.sleep(OUTAGE_SECONDS)
                _check_outage(answers, gone, time.monotonic())
                _check_ready(address, UNAVAILABLE)
                database.start()
                _await_return(address, headers)


@contextmanager
def own_database(project: Project) -> Iterator[tuple[Server, str]]:
    """Start a database server for this project alone; give it and the URL of an empty database."""
    kind = str(project.answers["database"])
    database = Server(kind, server.free_port())
    try:
        database.start()
        name, scheme = f"outage_{secrets.token_hex(4)}", project.framework.schemes[kind]
        yield database, create_database(kind, name, scheme=scheme, port=database.port)
    finally:
        database.remove()


def _log_in(address: str, auth: str) -> Headers:
    journey = Journey(address, auth)
    with journey.client:
        journey.register("outage@example.com")
        return journey.log_in("outage@example.com")


@contextmanager
def _load(address: str, headers: Headers) -> Iterator[list[Answer]]:
    """Read and write from several clients until the block ends; the answers are kept."""
    stop, answers = Event(), list[Answer]()
    with ThreadPoolExecutor(CLIENTS) as pool:
        clients = [pool.submit(_use, address, headers, stop, answers) for _ in range(CLIENTS)]
        try:
            yield answers
        finally:
            stop.set()
    for client in clients:
        client.result()


def _use(address: str, headers: Headers, stop: Event, answers: list[Answer]) -> None:
    with httpx2.Client(base_url=address, headers=headers, timeout=30) as client:
        while not stop.is_set():
            answers.append(_timed(client, "GET"))
            answers.append(_timed(client, "POST", {"title": "Outage"}))


def _timed(client: httpx2.Client, method: str, body: dict[str, str] | None = None) -> Answer:
    began = time.monotonic()
    answer = client.request(method, f"{API}/todos", json=body)
    took = time.monotonic() - began
    return Answer(began, took, answer.status_code, answer.headers.get("Retry-After"))


def _await_load(answers: list[Answer]) -> None:
    """Wait until all is well under load; on a busy machine the first connections may come late."""
    deadline = time.monotonic() + WARM_UP_SECONDS
    while time.monotonic() < deadline:
        time.sleep(0.1)
        last = [answer.status for answer in answers[-WARM_UP_ANSWERS:]]
        if len(last) == WARM_UP_ANSWERS and max(last) < SERVER_ERROR:
            return
    found = sorted({answer.status for answer in answers})
    raise StageError(f"not well under load, the database being up: answers had status {found}")


def _check_outage(answers: list[Answer], gone: float, until: float) -> None:
    during = [answer for answer in answers if gone < answer.began < until]
    wrong = {answer.status for answer in during} - {UNAVAILABLE}
    broken = {a.status for a in answers if a.status >= SERVER_ERROR} - {UNAVAILABLE}
    slowest = max((a.took for a in answers if a.began + a.took > gone), default=0)
    if not during:
        raise StageError("nothing was answered while the database was gone")
    if wrong or broken:
        raise StageError(f"with the database gone, answers had status {sorted(wrong | broken)}")
    if slowest > ANSWER_SECONDS:
        raise StageError(f"with the database gone, an answer took {slowest:.1f} s")
    if not all(answer.retry_after for answer in during):
        raise StageError("a 503 came without Retry-After")


def _check_ready(address: str, status: int) -> None:
    answer = httpx2.get(f"{address}/health/ready", timeout=30)
    if answer.status_code != status or answer.elapsed.total_seconds() > ANSWER_SECONDS:
        raise StageError(f"/health/ready says {answer.status_code} after {answer.elapsed}")


def _await_return(address: str, headers: Headers) -> None:
    deadline = time.monotonic() + RETURN_SECONDS
    with httpx2.Client(base_url=address, headers=headers, timeout=30) as client:
        while _timed(client, "GET").status != httpx2.codes.OK:
            if time.monotonic() > deadline:
                raise StageError("the database is back, the service is not")
            time.sleep(0.1)
    _check_ready(address, httpx2.codes.OK)
