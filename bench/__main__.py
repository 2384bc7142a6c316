"""`make bench`: measure rendering and serving, print the tables, and keep them in the docs."""

import argparse
import os
import platform
import sys
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

from bench import rendering, serving, tables
from tests.verifier.paths import ROOT
from tests.verifier.project import StageError
from tests.verifier.servers import ServiceError

ALL = ROOT / "docs/performance.md"
COMPARED = ROOT / "docs/choosing-a-framework.md"
BEGIN, END = "<!-- {}: make bench -->", "<!-- end of {} -->"


def main() -> int:
    """Measure what was asked for and return the exit status.

    PostgreSQL, without which no serving is measured, may be missing but under CI.
    """
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    parser.add_argument("--part", action="append", choices=PARTS, help="default: each")
    chosen = parser.parse_args().part or PARTS
    return max(PARTS[name]() for name in chosen)


def measure_rendering() -> int:
    """Measure rendering, and keep its figures."""
    figures = tables.rendering(*rendering.run())
    print(figures, flush=True)
    keep(ALL, "rendering", _machine([f"Copier {version('copier')}"]), figures)
    return 0


def measure_serving() -> int:
    """Measure serving, and keep its figures."""
    try:
        figures, versions = serving.run()
    except ServiceError as error:
        print(f"Serving was not measured, PostgreSQL is absent: {error}", file=sys.stderr)
        return int("CI" in os.environ)
    except StageError as error:
        print(f"Serving was not measured: {error}", file=sys.stderr)
        return 1
    table = tables.serving(figures)
    print(table)
    keep(ALL, "serving", _machine(versions), table)
    keep(COMPARED, "serving", tables.comparison(figures))
    return 0


PARTS = {"rendering": measure_rendering, "serving": measure_serving}


def keep(document: Path, part: str, *paragraphs: str) -> None:
    """Write a part's figures between its markers in the document."""
    begin, end = BEGIN.format(part), END.format(part)
    before, _, rest = document.read_text("utf-8").partition(begin)
    _, _, after = rest.partition(end)
    text = "\n\n".join(paragraphs)
    document.write_text(f"{before}{begin}\n{text}\n{end}{after}", "utf-8")


def _machine(versions: list[str]) -> str:
    day = datetime.now(UTC).date().isoformat()
    return (
        f"`make bench` on {day}: {os.cpu_count()} cores ({platform.machine()}), load average "
        f"{os.getloadavg()[0]:.1f}, {platform.system()}, Python {platform.python_version()}, "
        f"{', '.join(versions)}."
    )


if __name__ == "__main__":
    sys.exit(main())
