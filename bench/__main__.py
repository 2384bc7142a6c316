"""`make bench`: measure rendering and serving, print the tables, and keep them in the docs."""

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
BEGIN, END = "<!-- figures: make bench -->", "<!-- end of figures -->"


def main() -> int:
    """Measure everything and return the exit status; PostgreSQL may be missing but under CI."""
    sections = [tables.rendering(*rendering.run())]
    print(sections[0], flush=True)
    try:
        figures, versions = serving.run()
    except ServiceError as error:
        print(f"Serving was not measured, PostgreSQL is absent: {error}", file=sys.stderr)
        return int("CI" in os.environ)
    except StageError as error:
        print(f"Serving was not measured: {error}", file=sys.stderr)
        return 1
    sections.append(tables.serving(figures))
    print(f"\n{sections[1]}")
    keep(ALL, _machine(versions), *sections)
    keep(COMPARED, tables.comparison(figures))
    return 0


def keep(document: Path, *paragraphs: str) -> None:
    """Write the figures between their markers in the document."""
    before, _, rest = document.read_text("utf-8").partition(BEGIN)
    _, _, after = rest.partition(END)
    text = "\n\n".join(paragraphs)
    document.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}", "utf-8")


def _machine(versions: list[str]) -> str:
    day = datetime.now(UTC).date().isoformat()
    return (
        f"`make bench` on {day}: {os.cpu_count()} cores ({platform.machine()}), load average "
        f"{os.getloadavg()[0]:.1f}, {platform.system()}, Python {platform.python_version()}, "
        f"Copier {version('copier')}, {', '.join(versions)}."
    )


if __name__ == "__main__":
    sys.exit(main())
