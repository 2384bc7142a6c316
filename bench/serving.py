"""The rendered backends under load, each beside its floors: PostgreSQL, one worker, one machine."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass

import httpx2

from bench import figures
from bench.figures import Asked, Figure, fetch
from tests.verifier import render, server
from tests.verifier.frameworks import FRAMEWORKS
from tests.verifier.journey import Journey
from tests.verifier.logins import API, Headers
from tests.verifier.paths import ROOT, STATE
from tests.verifier.project import Project
from tests.verifier.prove import complete
from tests.verifier.servers import Server
from tests.verifier.services import database_url
from tests.verifier.throwaway import create_database

TODOS = 1000
TAGS = ("home", "work", "urgent", "errand", "someday")
CONNECTIONS = 16
PACED_CONNECTIONS = 128
PACES = (300, 1000)
ROUNDS = int(os.environ.get("TRIVET_BENCH_ROUNDS", "3"))
EMAIL, PASSWORD = "bench@example.com", "bench password"
STATISTICS = ("-c", "shared_preload_libraries=pg_stat_statements")
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdef" * 2,
    "EMAIL_URL": "smtp://127.0.0.1:25",
    "PUBLIC_URL": "http://localhost",
    "PYTHONPATH": str(ROOT),
}


@dataclass(frozen=True)
class Backend:
    """A framework, and the bare apps (modules of `floors/`) that its own server can run."""

    framework: str
    floors: dict[str, str]
    packages: tuple[str, ...]


BACKENDS = (
    Backend(
        "fastapi",
        {
            "bare ASGI": "bench.floors.asgi:app",
            "FastAPI without ORM": "bench.floors.fastapi_app:app",
        },
        ("fastapi", "sqlalchemy", "asyncpg", "granian"),
    ),
    Backend(
        "flask",
        {"bare WSGI": "bench.floors.wsgi:app", "Flask without ORM": "bench.floors.flask_app:app"},
        ("flask", "spectree", "psycopg"),
    ),
    Backend(
        "django",
        {"bare WSGI": "bench.floors.wsgi:app", "Django without ORM": "bench.floors.django_app:app"},
        ("django", "djangorestframework"),
    ),
)


def run() -> tuple[list[Figure], list[str]]:
    """Measure each framework's default project and its floors; return the versions, too.

    Raises:
        ServiceError: PostgreSQL is not installed.
        StageError: a project does not install, migrate or start.
    """
    database = Server("postgresql", server.free_port(), STATISTICS)
    try:
        database.start()
        found: list[Figure] = []
        versions: list[str] = []
        for backend in BACKENDS:
            measured, packages = _measure_backend(backend, database)
            found += measured
            versions += packages
        return found, [f"PostgreSQL {_server_version(database)}", *versions]
    finally:
        database.remove()
        render.tidy()


def _measure_backend(backend: Backend, database: Server) -> tuple[list[Figure], list[str]]:
    url = create_database(
        "postgresql",
        f"bench_{backend.framework}",
        scheme=FRAMEWORKS[backend.framework].schemes["postgresql"],
        port=database.port,
    )
    asyncio.run(fetch(url, "CREATE EXTENSION pg_stat_statements"))
    project = _install(backend.framework, url)
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(_serve(project, backend.framework, app, url))
            for name, app in {backend.framework: "", **backend.floors}.items()
        }
        asked = _asked(*_fill(servers[backend.framework]))
        asyncio.run(fetch(url, "VACUUM ANALYZE"))
        found = [
            figure
            for request in asked
            for figure in figures.measure(
                request, servers, url, framework=backend.framework, rounds=ROUNDS
            )
        ]
    return found, _versions(project, backend.packages)


def _versions(project: Project, packages: tuple[str, ...]) -> list[str]:
    code = f"import importlib.metadata as m; print(*(m.version(p) for p in {packages}))"
    found = project.tool("python", "-c", code).split()
    return [f"{name} {version}" for name, version in zip(packages, found, strict=True)]


def _server_version(database: Server) -> str:
    url = database_url("postgresql", "postgres", scheme="postgresql", port=database.port)
    return str(asyncio.run(fetch(url, "SHOW server_version"))).split()[0]


def _install(framework: str, url: str) -> Project:
    answers = complete({"framework": framework})
    project = Project(STATE / "bench" / framework, answers, STATE / f"logs/bench-{framework}.log")
    project.log.parent.mkdir(parents=True, exist_ok=True)
    project.log.unlink(missing_ok=True)
    render.render({"framework": framework}, project.folder)
    project.run("make", "install", seconds=1200)
    database = {"DATABASE_URL": url}
    project.run("make", "migrate", environment=database)
    superuser = (f"EMAIL={EMAIL}", f"PASSWORD={PASSWORD}")
    project.run("make", "superuser", *superuser, environment=database)
    return project


@contextmanager
def _serve(project: Project, framework: str, app: str, url: str) -> Iterator[str]:
    settings = {**PRODUCTION, "DATABASE_URL": url, "BENCH_FRAMEWORK": framework}
    with server.running(project, app, **settings) as address:
        yield address


def _fill(address: str) -> tuple[Headers, str]:
    """Log in and create the todos, two tags each; return the headers and a todo's id."""
    journey = Journey(address)
    with journey.client as client:
        credentials = journey.log_in(EMAIL, PASSWORD)
        ids = [_create(client, number) for number in range(TODOS)]
    return credentials, ids[-1]


def _create(client: httpx2.Client, number: int) -> str:
    tags = [TAGS[number % 5], TAGS[(number + 2) % 5]]
    answer = client.post(f"{API}/todos", json={"title": f"Todo {number}", "tags": tags})
    identifier: str = answer.raise_for_status().json()["id"]
    return identifier


def _asked(credentials: Headers, todo: str) -> list[Asked]:
    """Return what to ask for; creation comes last, as it changes what a list reads."""
    headers = {**credentials, "Content-Type": "application/json"}
    page, body = f"{API}/todos", '{"title":"One more"}'
    paced = [
        Asked(f"list at {pace}/s", page, headers, PACED_CONNECTIONS, rate=pace) for pace in PACES
    ]
    return [
        Asked("list", page, headers, CONNECTIONS),
        Asked("get", f"{page}/{todo}", headers, CONNECTIONS),
        *paced,
        Asked("create", page, headers, CONNECTIONS, method="POST", body=body),
    ]
