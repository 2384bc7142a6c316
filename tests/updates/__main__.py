"""`make updates`: updates and changed answers proven to the end, by what each says is to run.

Each case is a project with somebody's work and rows in its database. It is updated, what is in
conflict is settled, and then the commands that the update printed are run as they are: they
install, migrate, move the rows, lint and test.
"""

import argparse
import json
import os
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from extensions import guard
from releases.tagged import WORK_TREE, tagged, tags
from tests.updates import user
from tests.updates.flips import BASES, Flip, flips
from tests.updates.rows import count
from tests.verifier.managers import reach_index
from tests.verifier.paths import STATE
from tests.verifier.project import Project, StageError
from tests.verifier.services import Services
from tests.verifier.stages import migrate
from tests.verifier.throwaway import throwaway_database

# Answers that decide what is installed, and so what a text comparison cannot prove.
DEEP = ("database", "dependency_manager", "features", "server", "auth", "task_queue")
# Mappers whose rows move by steps of their own, and whose migrations are of another kind.
MAPPERS = (
    {"framework": "fastapi", "orm": "sqlmodel"},
    {"framework": "fastapi", "orm": "tortoise"},
    {"framework": "flask", "orm": "peewee"},
)
OLD, NEW = "export OLD_DATABASE_URL=", "export DATABASE_URL="


class Case(NamedTuple):
    """A project of a release, and the answers that its update to the work tree changes."""

    name: str
    tag: str
    answers: dict[str, Any]
    data: dict[str, Any]


def cases() -> Iterator[Case]:
    """Yield every release with every preset, then every change of an answer that goes deep."""
    for tag in tags():
        for preset in guard.presets():
            if tag != "v0.1.0":
                yield Case(f"{tag}-{preset}", tag, {"preset": preset}, {})
            elif preset == "todo":
                yield Case(tag, tag, {}, {})
    for flip in flips():
        base = BASES[flip.template]
        if flip.question in DEEP:
            yield Case(_name(flip), WORK_TREE, base, flip.data)
        if flip.data == {"database": "sqlite"}:
            back = {"database": guard.defaults(base)["database"]}
            yield Case(f"{flip.template}-from-sqlite", WORK_TREE, {**base, **flip.data}, back)
    for base in MAPPERS:
        for old, new in (("sqlite", "postgresql"), ("postgresql", "mysql")):
            answers = {**base, "database": old}
            yield Case(f"{base['orm']}-database-{new}", WORK_TREE, answers, {"database": new})


def prove(case: Case, suite: Path) -> None:
    """Live in the project, update it, settle conflicts, and do what the update says.

    Raises:
        StageError: a command failed, or rows were lost.
    """
    folder, log = STATE / "updates" / case.name, STATE / "logs" / f"update-{case.name}.log"
    shutil.rmtree(folder, ignore_errors=True)
    for parent in (folder, log):
        parent.parent.mkdir(parents=True, exist_ok=True)
    log.unlink(missing_ok=True)
    before = Project(folder, guard.defaults(case.answers), log)
    after = Project(folder, guard.defaults({**case.answers, **case.data}), log)
    with ExitStack() as stack:
        old, new = (_database(stack, project) for project in (before, after))
        _make(before, case, suite, old)
        said = _copier(folder.parent, before, "update", "--vcs-ref", WORK_TREE, folder, **case.data)
        user.settle(folder, before.answers)
        user.follow_changelog(folder)
        reach_index(after)
        new = new if before.answers["database"] != after.answers["database"] else old
        had = count(old, str(before.answers["framework"]))
        _follow(after, user.section(said, "Then run"), old, new)
        if not 0 < had == count(new, str(after.answers["framework"])):
            raise StageError(f"not all of {had} rows are there after the update")
        migrate(after, _database(stack, after, "verify.db"))


def _make(project: Project, case: Case, suite: Path, database: str) -> None:
    """Render the project, work in it, and put rows into its database."""
    folder = project.folder
    ref = ("--vcs-ref", case.tag)
    _copier(folder.parent, project, "copy", *ref, suite, folder, **case.answers)
    user.begin(folder)
    user.live_in(folder, project.answers)
    (folder / "uv.lock").unlink()
    where = {"DATABASE_URL": database}
    project.run("make", "install", "migrate", "seed", seconds=1200, environment=where)
    user.commit(folder, "Work")


def _database(stack: ExitStack, project: Project, file: str = "rows.db") -> str:
    """Return the address of an empty database of the project's."""
    name = str(project.answers["database"])
    scheme = project.framework.schemes[name]
    if name == "sqlite":
        return f"{scheme}:///{project.folder}/{file}"
    return stack.enter_context(throwaway_database(name, scheme))


def _copier(where: Path, project: Project, operation: str, *options: Any, **data: Any) -> str:
    given = [word for key, value in data.items() for word in ("--data", f"{key}={_text(value)}")]
    command = [sys.executable, "-m", "copier", operation, "--trust", "--defaults"]
    elsewhere = Project(where, project.answers, project.log)
    return elsewhere.run(*command, *given, *map(str, options))


def _follow(project: Project, steps: list[str], old: str, new: str) -> None:
    """Run the steps in one shell, the addresses in them replaced by those of our databases."""
    replaced = {OLD: old, NEW: new}
    mine = [
        next((f"{start}{url}" for start, url in replaced.items() if step.startswith(start)), step)
        for step in steps
    ]
    # Tests make databases of their own on the server that DATABASE_URL names.
    script = "\n".join(["set -e", *mine[:-1], "unset DATABASE_URL", mine[-1], ""])
    project.run("bash", "-c", script, seconds=1800, environment={"DATABASE_URL": new})


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).replace("'", "")


def _name(flip: Flip) -> str:
    return f"{flip.template}-{flip.question}-{_text(flip.value).strip('[]') or 'none'}"


def main() -> int:
    """Prove the cases that the command line names, or all, and return the exit status."""
    parser = argparse.ArgumentParser(prog="updates")
    parser.add_argument("--case", action="append", default=[], help="only this one")
    parser.add_argument("--jobs", type=int, default=1, help="how many side by side")
    parser.add_argument("--list", action="store_true", help="print the cases and end")
    parser.add_argument("--json", action="store_true", help="with --list: as JSON")
    options = parser.parse_args()
    chosen = [case for case in cases() if not options.case or case.name in options.case]
    if options.list:
        names = [case.name for case in chosen]
        print(json.dumps(names) if options.json else "\n".join(names))
        return 0
    with tempfile.TemporaryDirectory() as scratch, Services() as up:
        for case in chosen:
            for answers in (case.answers, {**case.answers, **case.data}):
                up.need(str(guard.defaults(answers)["database"]))
        suite = tagged(Path(scratch) / "suite")
        with ThreadPoolExecutor(options.jobs) as pool:
            verdicts = pool.map(partial(_verdict, suite=suite), chosen)
            failed = [case for case, verdict in _told(chosen, verdicts) if verdict]
    print(f"{len(chosen) - len(failed)} of {len(chosen)} cases passed")
    return int(bool(failed))


def _verdict(case: Case, suite: Path) -> str:
    """Return why the case failed, or an empty string."""
    try:
        prove(case, suite)
    except StageError as error:
        return str(error)
    return ""


def _told(chosen: list[Case], verdicts: Iterable[str]) -> Iterator[tuple[Case, str]]:
    for case, verdict in zip(chosen, verdicts, strict=True):
        print(f"{case.name}: {f'FAILED: {verdict}' if verdict else 'ok'}", flush=True)
        yield case, verdict


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
