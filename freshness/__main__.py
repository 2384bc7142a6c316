"""`python -m freshness`: what was withdrawn, is at odds or outdated; `--upgrade` moves bounds."""

import argparse
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from packaging.requirements import Requirement
from packaging.version import Version

from freshness.bounds import admits, moved, proven, unbound
from freshness.table import FILES, Together, environments
from freshness.uv import UnresolvedError, resolve


def contradictions(every: Iterable[Together]) -> list[str]:
    """Return a line for each environment that cannot be installed any more."""
    return [
        f"{one.name} on Python {python} does not resolve: {said}"
        for one in every
        for python in one.pythons
        if (said := _refusal(one.requirements, python))
    ]


def withdrawn(every: Iterable[Together]) -> list[str]:
    """Return a line for each version that was proven, and yanked or removed since."""
    lines: set[str] = set()
    for one in every:
        lowest = resolve(one.requirements, one.pythons[-1], "--resolution", "lowest", "--no-deps")
        lines.update(lowest.yanked)
        for entry in one.requirements:
            found = lowest.versions.get(Requirement(entry).name, proven(entry))
            if not f"{found}.0".startswith(f"{proven(entry)}."):
                lines.add(f"{entry}: {proven(entry)} was withdrawn, {found} comes next")
    return sorted(lines)


def outdated(every: Iterable[Together]) -> dict[str, str]:
    """Return the newest version that goes together with the rest, where the bounds keep it out."""
    found: dict[str, str] = {}
    for one in every:
        newest = resolve(map(unbound, one.requirements), one.pythons[0]).versions
        for entry in one.requirements:
            version = newest.get(Requirement(entry).name, "")
            if version and not admits(entry, version) and _is_later(entry, version):
                found[entry] = min(version, found.get(entry, version), key=Version)
    return found


def upgrade(newer: Mapping[str, str], files: Iterable[Path] = FILES) -> None:
    """Move the bounds of these requirements, wherever they stand in the files."""
    for path in files:
        before = after = path.read_text("utf-8")
        for entry, version in newer.items():
            after = after.replace(entry, moved(entry, version))
        if after != before:
            path.write_text(after, "utf-8")


def main(arguments: list[str] | None = None) -> int:
    """Report, or upgrade, and return the exit status: 1 where something cannot stay as it is."""
    parser = argparse.ArgumentParser(prog="freshness", description=__doc__)
    parser.add_argument("--upgrade", action="store_true", help="move the bounds that are outdated")
    options = parser.parse_args(arguments)
    every = environments()
    newer = outdated(every)
    if options.upgrade:
        upgrade(newer)
    for entry, version in sorted(newer.items()):
        print(
            f"{entry}: {f'now {moved(entry, version)}' if options.upgrade else f'{version} is out'}"
        )
    wrong = [*contradictions(every), *withdrawn(every)]
    print("\n".join(wrong) or "What is proven resolves together, and none of it was withdrawn.")
    return int(bool(wrong))


def _refusal(requirements: Iterable[str], python: str) -> str:
    try:
        resolve(requirements, python)
    except UnresolvedError as error:
        return str(error)
    return ""


def _is_later(entry: str, version: str) -> bool:
    return Version(version) > Version(proven(entry))


if __name__ == "__main__":
    sys.exit(main())
