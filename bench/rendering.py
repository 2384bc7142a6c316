"""How long rendering takes, beside templates that do nothing but render.

It is timed in memory, where this machine has a folder there, and updates are timed on the disk too.
"""

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from tests.verifier import render
from tests.verifier.paths import STATE, tool

REPEATS = int(os.environ.get("TRIVET_BENCH_REPEATS", "5"))
MINIMAL = Path(__file__).parent / "floors/template"
MINIMAL_COLUMN, LIKE_COLUMN, COPY_COLUMN = COLUMNS = (
    "x minimal",
    "x as many files",
    "x copy",
)
MEMORY = Path("/dev/shm")  # noqa: S108 (only new folders with names of their own are made there)
RELEASED, WORK_TREE = "v0.0.1", "v99.0.0"
IDENTITY = ("-c", "user.name=Bench", "-c", "user.email=bench@example.com")


@dataclass
class Case:
    """Something to time; `before` makes the destination ready and is not counted.

    `beside` names the cases that it is held against, by the table's column.
    """

    name: str
    action: Callable[[Path], None]
    before: Callable[[Path], None] | None = None
    beside: Mapping[str, str] = field(default_factory=dict)
    seconds: list[float] = field(default_factory=list)
    files: int = 0

    def time(self, folder: Path) -> None:
        shutil.rmtree(folder, ignore_errors=True)
        if self.before:
            self.before(folder)
        began = time.perf_counter()
        self.action(folder)
        self.seconds.append(time.perf_counter() - began)
        self.files = len(_files(folder))

    @property
    def median(self) -> float:
        return statistics.median(self.seconds)


def run() -> tuple[list[Case], list[Case]]:
    """Time every case in memory, and the updates on the disk, in turn and several rounds.

    In turn, so that what else the machine does meets all. Without a folder in memory all of it is
    on the disk, and there is nothing beside it.
    """
    has_memory = os.access(MEMORY, os.W_OK)
    with _suite(), _scratch(MEMORY if has_memory else STATE) as memory, _scratch(STATE) as disk:
        cases = [*_in_process(memory), *_by_command(memory), *_update(memory)]
        on_disk = [*_update(disk)] if has_memory else []
        for _ in range(REPEATS):
            for case in cases:
                case.time(memory / "out")
            for case in on_disk:
                case.time(disk / "out")
    return cases, on_disk


@contextmanager
def _suite() -> Iterator[None]:
    try:
        render.plain_suite()
        yield
    finally:
        render.tidy()


@contextmanager
def _scratch(parent: Path) -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="bench-", dir=parent) as folder:
        yield Path(folder)


def _in_process(scratch: Path) -> Iterator[Case]:
    """Render as tests do, where Copier was imported before."""
    for name, template, beside in _templates(scratch, "in process"):
        yield Case(name, partial(_render, template), beside=beside)


def _by_command(scratch: Path) -> Iterator[Case]:
    """Render as users do, from a folder that is no git checkout."""
    for name, template, beside in _templates(scratch, "`copier copy`"):
        yield Case(name, partial(_copier, "copy", template), beside=beside)


def _templates(scratch: Path, how: str) -> Iterator[tuple[str, Path, dict[str, str]]]:
    minimal, like = f"a minimal template, {how}", f"as many files, one question, {how}"
    yield minimal, MINIMAL, {}
    yield like, _like(scratch), {MINIMAL_COLUMN: minimal}
    beside = {MINIMAL_COLUMN: minimal, LIKE_COLUMN: like}
    yield f"the default project, {how}", render.plain_suite(), beside


def _like(scratch: Path) -> Path:
    """Make a template of the default project's finished files, none of which is Jinja's."""
    template = scratch / "like"
    if not template.exists():
        shutil.copytree(MINIMAL, template)
        project = scratch / "project"
        render.render({}, project)
        (project / render.ANSWERS).unlink()
        shutil.copytree(project, template, dirs_exist_ok=True)
        (template / "README.md").unlink()
    return template


def _update(scratch: Path) -> Iterator[Case]:
    """Update projects of one tag to the next, beside copying them anew; ours beside the floor's."""
    floors: dict[str, str] = {}
    for name, template in (
        ("as many files, one question", _released(_like(scratch), scratch / "released-like")),
        ("the default project", _released(render.plain_suite(), scratch / "released-suite")),
    ):
        project = scratch / f"project-{template.name}"
        copier = partial(_copier, clones=scratch)
        copier("copy", "--vcs-ref", RELEASED, template, project)
        _git(project, "init", "-q")
        _commit(project)
        copy, update = f"{name} from a git tag, `copier copy`", f"{name}, `copier update`"
        yield Case(copy, partial(copier, "copy", "--vcs-ref", WORK_TREE, template))
        yield Case(
            update,
            partial(copier, "update", "--vcs-ref", WORK_TREE),
            before=partial(_duplicate, project),
            beside={COPY_COLUMN: copy, **floors},
        )
        floors = {LIKE_COLUMN: update}


def _released(template: Path, folder: Path) -> Path:
    """Return a repository with two releases of the same template, packed as a host serves it."""
    shutil.copytree(template, folder)
    _git(folder, "init", "-q")
    for tag in (RELEASED, WORK_TREE):
        _commit(folder)
        _git(folder, "tag", tag)
    _git(folder, "gc", "--quiet")
    return folder


def _render(template: Path, folder: Path) -> None:
    render.render({}, folder, template)


def _copier(operation: str, *arguments: str | Path, clones: Path | None = None) -> None:
    """Run Copier, which clones templates into that folder."""
    command = [sys.executable, "-W", "ignore", "-m", "copier", operation]
    subprocess.run(  # noqa: S603
        [*command, "--trust", "--defaults", "--quiet", *map(str, arguments)],
        env={**os.environ, "TMPDIR": str(clones)} if clones else None,
        check=True,
    )


def _duplicate(project: Path, folder: Path) -> None:
    shutil.copytree(project, folder)


def _commit(folder: Path) -> None:
    _git(folder, "add", "-A")
    _git(folder, *IDENTITY, "commit", "-q", "--allow-empty", "-m", "State of the work tree")


def _git(folder: Path, *arguments: str) -> None:
    subprocess.run([tool("git"), *arguments], cwd=folder, check=True)  # noqa: S603


def _files(folder: Path) -> list[Path]:
    return [p for p in folder.rglob("*") if p.is_file() and ".git" not in p.parts]
