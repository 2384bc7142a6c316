"""The stages that prove a combination, in order; each raises StageError where it fails."""

import re
import shutil
import sys
from collections.abc import Callable
from contextlib import ExitStack

from tests.verifier import fuzz, server, tree
from tests.verifier.journey import Journey
from tests.verifier.paths import ROOT
from tests.verifier.project import Project, StageError
from tests.verifier.services import own_redis
from tests.verifier.throwaway import throwaway_database

Stage = Callable[[Project], None]

DOCUMENT = "openapi.json"
MIGRATIONS = (("upgrade", "head"), ("check",), ("downgrade", "base"), ("upgrade", "head"))
PASSED = re.compile(r"(\d+) passed")


def check_tree(project: Project) -> None:
    """Look for what must not be in the project's files."""
    found = tree.findings(project.folder, project.answers)
    project.write("".join(f"{line}\n" for line in found))
    if found:
        raise StageError(f"{len(found)} findings: {'; '.join(found[:3])}")


def install(project: Project) -> None:
    """Install with the project's own dependency manager, as its README says."""
    project.run("make", "install", seconds=1200)


def lint(project: Project) -> None:
    """Run every linter that the contract names, and those of `make lint` as a user runs them."""
    for command in (
        ("ruff", "check", "."),
        ("ruff", "format", "--check", "."),
        ("mypy", "--strict", "."),
        ("lint-imports",),
    ):
        project.tool(*command)
    project.run("make", "lint")


def migrations(project: Project) -> None:
    """Migrate up, look for drift, go down and up again, on SQLite and on the chosen database."""
    scratch = project.folder / "verify.db"
    scratch.unlink(missing_ok=True)
    _migrate(project, f"sqlite+aiosqlite:///{scratch}")
    scratch.unlink(missing_ok=True)
    if _has_server(project):
        with throwaway_database(project.answers["database"]) as url:
            _migrate(project, url)


def run_tests(project: Project) -> None:
    """Run the project's tests as a user does, with its coverage threshold, on SQLite."""
    _run_tests(project)


def run_tests_for_real(project: Project) -> None:
    """Run the same tests on the chosen database and on Redis, in several processes."""
    with ExitStack() as stack:
        environment = {"REDIS_URL": stack.enter_context(own_redis()), "PYTEST_ADDOPTS": "-n 2"}
        if _has_server(project):
            database = str(project.answers["database"])
            environment["DATABASE_URL"] = stack.enter_context(throwaway_database(database))
        _run_tests(project, **environment)


def boot(project: Project) -> None:
    """Start the production server on nothing but `.env.example`, and use it."""
    prepare(project)
    with server.running(project) as address:
        Journey(address).walk(metrics="metrics" in project.answers["features"])


def openapi(project: Project) -> None:
    """Hold the project's own document against the contract's."""
    document = project.folder / DOCUMENT
    document.write_text(project.run("make", "-s", "openapi"))
    compare = ROOT / "tests/contract/compare.py"
    project.run(sys.executable, str(compare), str(document), environment={"PYTHONPATH": str(ROOT)})


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


STAGES: dict[str, Stage] = {
    "tree": check_tree,
    "install": install,
    "lint": lint,
    "migrations": migrations,
    "tests": run_tests,
    "real": run_tests_for_real,
    "boot": boot,
    "openapi": openapi,
    "schemathesis": schemathesis,
}


def services(project: Project) -> set[str]:
    """Return the services that the project's stages need."""
    return {"redis"} | ({str(project.answers["database"])} if _has_server(project) else set())


def _has_server(project: Project) -> bool:
    return str(project.answers["database"]) != "sqlite"


def _migrate(project: Project, url: str) -> None:
    for command in MIGRATIONS:
        project.tool("alembic", *command, environment={"DATABASE_URL": url})


def _run_tests(project: Project, **environment: str) -> None:
    output = project.run("make", "test", environment=environment)
    if not PASSED.search(output) or " warning" in output.rpartition("passed")[2]:
        raise StageError("the tests say that none passed, or that there were warnings")
