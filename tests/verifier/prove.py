"""Proving a row: render it, run it through the stages, keep logs and the verdict."""

import shutil
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from pathlib import Path
from threading import Lock
from typing import Any

from extensions import guard
from tests.verifier import verdicts
from tests.verifier.array import Row
from tests.verifier.paths import STATE
from tests.verifier.project import Project, StageError
from tests.verifier.render import render
from tests.verifier.servers import ServiceError
from tests.verifier.services import Services
from tests.verifier.stages import STAGES, services

ALL = ("render", *STAGES)
NEED_SERVICES = ("migrations", "real", "image", "worker")

_printing = Lock()


@dataclass
class Verdict:
    """How a row went: the seconds of each stage that ran, and what the failed one said."""

    row: Row
    seconds: dict[str, float] = field(default_factory=dict)
    failed: str = ""
    reason: str = ""
    kept: bool = False


def prove(
    row: Row, up: Services, *, stages: Iterable[str] = ALL, fresh: bool = False, keep: bool = False
) -> Verdict:
    """Prove a row, or return the verdict that is kept for it unless `fresh`."""
    chosen = [name for name in STAGES if name in stages]
    verdict = Verdict(row)
    project = project_of(row)
    shutil.rmtree(project.log.parent, ignore_errors=True)
    project.log.parent.mkdir(parents=True)
    _attempt(verdict, "render", lambda: render(row.answers, project.folder))
    if verdict.failed:
        return verdict
    name = verdicts.key(project.folder, chosen, thorough=row.thorough)
    kept = None if fresh else verdicts.load(name)
    if kept:
        say(f"{row.name:<12} proved before")
        return Verdict(row, kept, kept=True)
    run_stages(verdict, project, up, chosen)
    if not verdict.failed:
        verdicts.keep(name, verdict.seconds)
        if not keep:
            shutil.rmtree(project.folder, ignore_errors=True)
    return verdict


def run_stages(verdict: Verdict, project: Project, up: Services, stages: Iterable[str]) -> None:
    """Run the stages until one fails; what came of them stands in the verdict."""
    for name in stages:
        staged = replace(project, log=project.log.with_name(f"{name}.log"))
        _attempt(verdict, name, partial(_run_stage, name, staged, up))
        if verdict.failed:
            return


def _run_stage(name: str, project: Project, up: Services) -> None:
    if name in NEED_SERVICES:
        for service in sorted(services(project)):
            up.need(service)
    STAGES[name](project)


def _attempt(verdict: Verdict, stage: str, action: Callable[[], None]) -> None:
    began = time.monotonic()
    try:
        action()
    except (StageError, ServiceError) as error:
        verdict.failed, verdict.reason = stage, str(error)
    except Exception as error:
        verdict.failed, verdict.reason = stage, f"{type(error).__name__}: {error}"
    verdict.seconds[stage] = time.monotonic() - began
    outcome = f"FAILED: {verdict.reason}" if verdict.failed else "ok"
    say(f"{verdict.row.name:<12} {stage:<12} {verdict.seconds[stage]:6.1f} s  {outcome}")


def project_of(row: Row) -> Project:
    """Return where the row is rendered, with every question's answer."""
    folder = STATE / "rows" / row.name
    log = STATE / "logs" / row.name / "render.log"
    return Project(folder, complete(row.answers), log, row.thorough)


def complete(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers with the defaults of what is not answered."""
    return guard.defaults(answers)


def say(line: str) -> None:
    """Print a line of progress at once."""
    with _printing:
        print(line, flush=True)


def log_of(verdict: Verdict) -> Path:
    """Return the log of the stage that failed."""
    return STATE / "logs" / verdict.row.name / f"{verdict.failed}.log"
