"""`python -m tests.verified`: write docs/verified.md from the verdicts that `make matrix` kept."""

import os
import sys
import tempfile
from collections.abc import Mapping
from contextlib import ExitStack
from math import prod
from pathlib import Path
from statistics import median
from typing import Any

from extensions import guard
from tests.verifier import array, verdicts
from tests.verifier.array import Row
from tests.verifier.paths import ROOT
from tests.verifier.prove import ALL
from tests.verifier.render import render, tidy
from tests.verifier.stages import STAGES

Proved = tuple[Row, Mapping[str, float]]

PAGE = ROOT / "docs" / "verified.md"

TEXT = """\
# What was verified

Written by `make verified` from the verdicts that `make matrix` kept, on {cores} cores. The choices
of the questions allow {allowed:,} combinations, texts aside; in the {rows} rows below each of the
{pairs:,} pairs of answers that can occur together does, a licence's with the framework alone. Each
row passed every stage that README.md describes under “What is proven”; its seconds are of the rows
that ran side by side.

| row | answers that differ from the framework's defaults | seconds |
| --- | --- | ---: |
{table}

| stage | least | median | most |
| --- | ---: | ---: | ---: |
{stages}
"""


def allowed(factors: Mapping[str, list[Any]]) -> int:
    """Return how many combinations of these factors' levels the rules allow."""
    bound = {name: levels for name, levels in factors.items() if name in _in_rules()}
    free = prod(len(levels) for name, levels in factors.items() if name not in bound)
    return free * _completions({}, list(bound.items()))


def choices() -> dict[str, list[Any]]:
    """Return the factors that are choices, not texts."""
    return {name: levels for name, levels in array.factors().items() if None not in levels}


def page(proved: list[Proved]) -> str:
    """Return the page for rows with the seconds of each stage."""
    return TEXT.format(
        cores=os.cpu_count(),
        allowed=allowed(choices()),
        rows=len(proved),
        pairs=sum(1 for _ in array.pairs()),
        table="\n".join(_line(row, seconds) for row, seconds in proved),
        stages=_stages(proved),
    )


def kept() -> list[Proved]:
    """Return each row of the array with the seconds of its kept verdict.

    Raises:
        SystemExit: a row has none, as it was not proved in its present state.
    """
    proved: list[Proved] = []
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as stack:
        stack.callback(tidy)
        for row in array.rows():
            project = Path(scratch) / row.name
            render(row.answers, project)
            seconds = verdicts.load(verdicts.key(project, list(STAGES), thorough=row.thorough))
            if seconds is None:
                raise SystemExit(f"{row.name} is not proved as it is now: run make matrix")
            proved.append((row, seconds))
    return proved


def _completions(levels: dict[str, Any], rest: list[tuple[str, list[Any]]]) -> int:
    """Return in how many ways the rest can be added to these levels."""
    if not array.possible(levels):
        return 0
    if not rest:
        return 1
    (name, offered), *others = rest
    return sum(_completions({**levels, name: level}, others) for level in offered)


def _in_rules() -> set[str]:
    """Return the factors that some rule speaks of."""
    spoken = {name for rule in guard.rules() for name in (*rule.when, *rule.needs)}
    return {factor for factor in array.factors() if factor.partition(":")[0] in spoken}


def _line(row: Row, seconds: Mapping[str, float]) -> str:
    answers = guard.defaults(row.answers)
    usual = guard.defaults({"framework": answers["framework"]})
    chosen = [name for name, question in array.deciding().items() if guard.choices(question)]
    said = [f"`{name}={_text(answers[name])}`" for name in chosen if answers[name] != usual[name]]
    return f"| {row.name} | {' '.join(said) or 'none'} | {sum(seconds.values()):.0f} |"


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value).replace("'", "")


def _stages(proved: list[Proved]) -> str:
    every = {name: [row[name] for _, row in proved if name in row] for name in ALL}
    return "\n".join(
        f"| {name} | {min(seconds):.1f} | {median(seconds):.1f} | {max(seconds):.1f} |"
        for name, seconds in every.items()
        if seconds
    )


if __name__ == "__main__":
    PAGE.write_text(page(kept()), "utf-8")
    sys.exit(0)
