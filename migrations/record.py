"""`paths.yml` as data: what releases did to the paths of rendered projects."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from migrations.changelog import number

PATHS = Path(__file__).parent / "paths.yml"


class Record(NamedTuple):
    """What moved, by old path; what was taken away and what changed owner, each with a reason."""

    moved: Mapping[str, str]
    removed: Mapping[str, str]
    owned: Mapping[str, str]


def since(version: str) -> Record:
    """Return what came after this version, what is not released yet included."""
    loaded: dict[str, dict[str, Any]] = yaml.safe_load(PATHS.read_text("utf-8")) or {}
    later = [
        changes
        for release, changes in loaded.items()
        if release == "unreleased" or number(release) > number(version)
    ]
    parts = (
        {k: v for changes in later for k, v in changes.get(field, {}).items()}
        for field in Record._fields
    )
    return Record(*parts)
