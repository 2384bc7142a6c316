"""The final table: combinations by stage and time."""

from typing import Any

from tests.verifier.array import Row
from tests.verifier.paths import ROOT
from tests.verifier.prove import ALL, Verdict, log_of

WIDTH = max(map(len, ALL)) + 1
LOG_LINES = 60


def described(row: Row) -> str:
    """Return a row's name and answers in a line."""
    answers = " ".join(f"{name}={_text(value)}" for name, value in row.answers.items())
    return f"{row.name:<12} {answers}"


def table(verdicts: list[Verdict]) -> str:
    """Return a line for each combination with the seconds of each stage."""
    head = f"{'row':<12}" + "".join(f"{name:>{WIDTH}}" for name in ALL) + f"{'total':>8}"
    return "\n".join([head, *map(_line, verdicts)])


def show(verdicts: list[Verdict], *, left: int = 0) -> None:
    """Print the table, what failed with the end of its log, and the sum."""
    print(f"\n{table(verdicts)}\n")
    failed = [verdict for verdict in verdicts if verdict.failed]
    for verdict in failed:
        print(failure(verdict))
    kept = sum(verdict.kept for verdict in verdicts)
    print(f"{len(verdicts)} rows, {kept} proved before, {len(failed)} failed, {left} not begun")


def failure(verdict: Verdict) -> str:
    """Return what failed and why, with the end of the stage's log."""
    log = log_of(verdict)
    lines = [
        f"{verdict.row.name}: {verdict.failed}: {verdict.reason}",
        f"  {described(verdict.row)}",
        f"  log: {log.relative_to(ROOT)}",
    ]
    if log.exists():
        lines += [f"  | {line}" for line in log.read_text("utf-8").splitlines()[-LOG_LINES:]]
    return "\n".join(lines)


def _line(verdict: Verdict) -> str:
    cells = "".join(f"{_cell(verdict, name):>{WIDTH}}" for name in ALL)
    return f"{verdict.row.name:<12}{cells}{sum(verdict.seconds.values()):>8.1f}"


def _cell(verdict: Verdict, stage: str) -> str:
    if stage == verdict.failed:
        return "FAILED"
    seconds = verdict.seconds.get(stage)
    return "-" if seconds is None else f"{seconds:.1f}{'*' if verdict.kept else ''}"


def _text(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)
