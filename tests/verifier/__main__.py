"""The verifier's command line: `python -m tests.verifier --help`."""

import argparse
import json
import os
import secrets
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial

from tests.verifier import changed, render, report
from tests.verifier.array import RANDOM, Row, framework_rows, random_row, rows
from tests.verifier.prove import ALL, prove
from tests.verifier.services import Services

SEEDS = 10_000


def parser() -> argparse.ArgumentParser:
    """Return the command line's parser."""
    made = argparse.ArgumentParser(prog="verifier", description="Prove what Trivet offers.")
    made.add_argument("--row", action="append", default=[], help="only this row; again for more")
    made.add_argument("--framework-rows", action="store_true", help="only each one's default row")
    made.add_argument("--changed", action="store_true", help="only what changed since HEAD~1")
    made.add_argument("--stage", action="append", choices=ALL, help="only this stage")
    made.add_argument("--jobs", type=int, default=1, help="rows at a time")
    made.add_argument("--fresh", action="store_true", help="prove again what was proved before")
    made.add_argument("--keep", action="store_true", help="keep the projects that passed")
    made.add_argument("--seconds", type=float, help="begin no row after this time")
    made.add_argument("--list", action="store_true", help="print the rows and end")
    made.add_argument("--json", action="store_true", help="with --list: their names as JSON")
    return made


def chosen(options: argparse.Namespace) -> list[Row]:
    """Return the rows that the options ask for, in order and each once.

    Where they ask for none in particular, that is every row and a random one, whose name has its
    seed: asking for it by name proves it again.

    Raises:
        SystemExit: a row does not exist.
    """
    every = rows()
    picked = [named(every, name) for name in options.row]
    picked += framework_rows() if options.framework_rows else []
    picked += changed.rows(every) if options.changed else []
    if not (options.row or options.framework_rows or options.changed):
        picked = [*every, random_row(secrets.randbelow(SEEDS), every)]
    return list({row.name: row for row in picked}.values())


def named(every: Sequence[Row], name: str) -> Row:
    """Return the row of this name.

    Raises:
        SystemExit: there is none.
    """
    seed = name.removeprefix(RANDOM)
    if seed != name and seed.isdecimal():
        return random_row(int(seed), every)
    for row in (*every, *framework_rows()):
        if row.name == name:
            return row
    raise SystemExit(f"no row {name!r}: --list prints them")


def main(arguments: Sequence[str] | None = None) -> int:
    """Prove the rows and return the exit status."""
    options = parser().parse_args(arguments)
    picked = chosen(options)
    if options.list and options.json:
        print(json.dumps([row.name for row in picked]))
        return 0
    if options.list:
        print("\n".join(report.described(row) for row in picked))
        return 0
    deadline = time.monotonic() + (options.seconds or float("inf"))
    with Services() as up, ThreadPoolExecutor(options.jobs) as pool:
        one = partial(
            prove, up=up, stages=options.stage or ALL, fresh=options.fresh, keep=options.keep
        )
        in_time = pool.map(lambda row: one(row) if time.monotonic() < deadline else None, picked)
        verdicts = [verdict for verdict in in_time if verdict]
    render.tidy()
    report.show(verdicts, left=len(picked) - len(verdicts))
    return int(any(verdict.failed for verdict in verdicts))


if __name__ == "__main__":
    os.environ.setdefault("PYTHONWARNINGS", "ignore")
    sys.exit(main())
