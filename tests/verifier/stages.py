"""The stages that prove a combination, in order; each raises StageError where it fails."""

import json
import re
import shutil
import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack

from tests.contract import profiles
from tests.verifier import (
    browser,
    container,
    delivery,
    fuzz,
    jobs,
    managers,
    openid,
    production,
    server,
    tree,
)
from tests.verifier import client as clients
from tests.verifier import outage as outages
from tests.verifier.admin import check_admin
from tests.verifier.drain import undropped
from tests.verifier.journey import Journey
from tests.verifier.paths import ROOT
from tests.verifier.project import Project, StageError
from tests.verifier.services import broker_url, own_redis
from tests.verifier.throwaway import throwaway_database

Stage = Callable[[Project], None]

DOCUMENT = "openapi.json"
PRODUCTION = {
    "ENVIRONMENT": "production",
    "SECRET_KEY": "0123456789abcdef" * 4,
    "EMAIL_URL": "smtp://mail.example.com",
    "PUBLIC_URL": "https://todo.example.com",
    "ALLOWED_HOSTS": "todo.example.com",
}
WITHOUT_COVERAGE = "-n 2 --no-cov -W 'ignore:Coverage disabled'"
PASSED = re.compile(r"(\d+) passed")


def check_tree(project: Project) -> None:
    """Look for what must not be in the project's files, and hold some of them to their schemas."""
    found = tree.findings(project.folder, project.answers) + delivery.findings(project.folder)
    project.write("".join(f"{line}\n" for line in found))
    if found:
        raise StageError(f"{len(found)} findings: {'; '.join(found[:3])}")


def install(project: Project) -> None:
    """Install, lock, and install anew for production, by the commands of the README."""
    managers.reach_index(project)
    project.run("make", "install", seconds=1200)
    project.run("make", "lock")
    production.check(project)


def lint(project: Project) -> None:
    """Run every linter that the contract names, `make lint` and the hooks as a user runs them."""
    for command in (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", "--strict", "."),
        *((("lint-imports",),) if project.has_users else ()),
    ):
        project.tool(*command)
    project.run("make", "lint")
    if project.answers["pre_commit"]:
        project.run("git", "init", "-q")
        project.run("git", "add", "-A")
        project.tool("prek", "run", "--all-files")


def migrations(project: Project) -> None:
    """Migrate up, look for drift, go down and up, check; on SQLite and on the chosen database."""
    scratch = project.folder / "verify.db"
    scratch.unlink(missing_ok=True)
    migrate(project, f"{project.framework.schemes['sqlite']}:///{scratch}")
    scratch.unlink(missing_ok=True)
    if _has_server(project):
        with _own_database(project) as url:
            migrate(project, url)


def run_tests(project: Project) -> None:
    """Run the project's tests as a user does, with its coverage threshold, on SQLite."""
    _run_tests(project, **({} if project.thorough else _counting_lines(project)))


def run_tests_for_real(project: Project) -> None:
    """Run the same tests on the chosen database and on Redis; coverage was measured before."""
    with ExitStack() as stack:
        environment = {
            "REDIS_URL": stack.enter_context(own_redis()),
            "PYTEST_ADDOPTS": WITHOUT_COVERAGE,
        }
        if _has_server(project):
            environment["DATABASE_URL"] = stack.enter_context(_own_database(project))
        _run_tests(project, **environment, **_broker(project))


def boot(project: Project) -> None:
    """Start the production server on nothing but `.env.example`, use it, stop it in mid-work.

    People log in with an account elsewhere once more, where the service is told of a provider.
    """
    prepare(project)
    with ExitStack() as last, server.running(project) as address:
        metrics = "metrics" in project.answers["features"]
        Journey(address, project.auth).walk(metrics=metrics)
        browser.check_docs(project, address)
        last.enter_context(undropped(address, users=project.has_users))
    if project.has_google_login:
        openid.check(project)


def client(project: Project) -> None:
    """Have a typed client of the contract use the running server."""
    if not project.has_users:
        return
    prepare(project)
    with server.running(project) as address:
        clients.run(project, address)


def admin(project: Project) -> None:
    """Open the admin in a browser, where the framework has one."""
    if not project.framework.has_admin:
        return
    prepare(project)
    with server.running(project) as address:
        check_admin(project, address)


def image(project: Project) -> None:
    """Build the image's stages, and run what they make on the chosen database and on Redis."""
    if not project.answers["container"]:
        return
    with ExitStack() as stack:
        managers.reach_index(project)
        environment = {"REDIS_URL": stack.enter_context(own_redis())}
        if _has_server(project):
            environment["DATABASE_URL"] = stack.enter_context(_own_database(project))
        container.run(project, **environment, **_broker(project))


def outage(project: Project) -> None:
    """End the database under load and bring it back, while the server runs."""
    if _has_server(project):
        prepare(project)
        outages.run(project)


def worker(project: Project) -> None:
    """Run real workers, and end them and their broker in the middle of their work."""
    if project.has_queue:
        with ExitStack() as stack:
            broker = None
            if not _has_server(project):
                url = f"{project.framework.schemes['sqlite']}:///{project.folder / 'worker.db'}"
            elif project.has_broker_server:
                url = stack.enter_context(_own_database(project))
            else:
                broker, url = stack.enter_context(outages.own_database(project))
            if project.has_broker_server:
                broker = stack.enter_context(jobs.own_broker(project))
            jobs.run(project, url, broker)


def openapi(project: Project) -> None:
    """Hold the project's own document against the contract's."""
    document = project.folder / DOCUMENT
    document.write_text(project.run("make", "-s", "openapi"))
    contract = project.log.with_name("contract.json")
    contract.write_text(json.dumps(profiles.served(project.auth)))
    compare = (str(ROOT / "tests/contract/compare.py"), str(document), str(contract))
    project.run(sys.executable, *compare, environment={"PYTHONPATH": str(ROOT)})


def schemathesis(project: Project) -> None:
    """Send the running server what its document allows and what it does not."""
    prepare(project)
    with server.running(project, AUTH_RATE_LIMIT="1000000/minute", LOG_LEVEL="error") as address:
        fuzz.run(project, address)


def prepare(project: Project) -> None:
    """Give the project `.env` as the README says, and a fresh database."""
    shutil.copy(project.folder / ".env.example", project.folder / ".env")
    for path in project.folder.glob("app.db*"):
        path.unlink()
    project.run("make", "migrate")


def migrate(project: Project, url: str) -> None:
    """Migrate up, look for drift, go down and up, and check the configuration for production."""
    for command in project.framework.migrations:
        project.tool(*command, environment={"DATABASE_URL": url})
    production = {**PRODUCTION, **project.clients, **_broker(project), "DATABASE_URL": url}
    for command in project.framework.checks:
        project.tool(*command, environment=production)


STAGES: dict[str, Stage] = {
    "tree": check_tree,
    "install": install,
    "lint": lint,
    "migrations": migrations,
    "tests": run_tests,
    "real": run_tests_for_real,
    "boot": boot,
    "client": client,
    "admin": admin,
    "image": image,
    "outage": outage,
    "worker": worker,
    "openapi": openapi,
    "schemathesis": schemathesis,
}


def services(project: Project) -> set[str]:
    """Return the services that the project's stages need."""
    brokers = {str(project.answers["broker"])} if project.has_broker_server else set()
    databases = {str(project.answers["database"])} if _has_server(project) else set()
    return {"redis"} | brokers | databases


def _has_server(project: Project) -> bool:
    return str(project.answers["database"]) != "sqlite"


def _own_database(project: Project) -> AbstractContextManager[str]:
    database = str(project.answers["database"])
    return throwaway_database(database, project.framework.schemes[database])


def _broker(project: Project) -> dict[str, str]:
    if not project.has_broker_server:
        return {}
    return {"BROKER_URL": broker_url(str(project.answers["broker"]))}


def _counting_lines(project: Project) -> dict[str, str]:
    """Return what has the tests count lines in place of branches, by `sys.monitoring` (PEP 669).

    Tracing every branch of coroutines takes twice as long as the tests themselves, and lines next
    to nothing. Python 3.11 can but trace: there, nothing is counted.
    """
    if project.answers["python_version"] == "3.11":
        return {"PYTEST_ADDOPTS": WITHOUT_COVERAGE}
    text = (project.folder / "pyproject.toml").read_text()
    text = re.sub("^concurrency = .*\n", "", text, flags=re.MULTILINE)
    configuration = project.log.with_name("coverage.toml")
    configuration.write_text(text.replace("branch = true\n", 'branch = false\ncore = "sysmon"\n'))
    return {"PYTEST_ADDOPTS": f"--cov-config={configuration}"}


def _run_tests(project: Project, **environment: str) -> None:
    output = project.run("make", "test", environment=environment)
    if not PASSED.search(output) or " warning" in output.rpartition("passed")[2]:
        raise StageError("the tests say that none passed, or that there were warnings")
