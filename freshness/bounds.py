"""Requirements of the table, and how their bounds move to a newer version.

A requirement is pinned (`ruff==0.17.5`), or has the version that was proven as its lower bound and
the next breaking release as its upper one (`fastapi>=0.165,<0.166`).
"""

from packaging.requirements import Requirement
from packaging.version import Version


def unbound(requirement: str) -> str:
    """Return the requirement without its bounds."""
    parsed = Requirement(requirement)
    parsed.specifier = parsed.specifier.__class__()
    return str(parsed)


def proven(requirement: str) -> str:
    """Return the version that was proven."""
    return _bound(Requirement(requirement), "==", ">=")


def admits(requirement: str, version: str) -> bool:
    """Return whether the bounds let this version in."""
    return Version(version) in Requirement(requirement).specifier


def moved(requirement: str, version: str) -> str:
    """Return the requirement with this version as the proven one.

    The upper bound keeps its precision: `<4` bounds by major releases, `<0.166` by minor ones.
    """
    parsed = Requirement(requirement)
    lower = proven(requirement)
    if f"=={lower}" in requirement:
        return requirement.replace(f"=={lower}", f"=={version}")
    upper = _bound(parsed, "<")
    parts = list(Version(version).release[: len(Version(upper).release)])
    parts[-1] += 1
    after = ".".join(map(str, parts))
    return requirement.replace(f">={lower},<{upper}", f">={version},<{after}")


def _bound(requirement: Requirement, *operators: str) -> str:
    return next(one.version for one in requirement.specifier if one.operator in operators)
