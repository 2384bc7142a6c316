"""Verdicts that are kept: what was proved once is not proved again while nothing of it changed."""

import hashlib
import json
from collections.abc import Iterable
from pathlib import Path

from tests.verifier import tree
from tests.verifier.paths import ROOT, STATE
from tests.verifier.render import ANSWERS

FOLDER = STATE / "verdicts"
JUDGES = (
    "tests/verifier/*.py",
    "tests/verifier/*.toml",
    "tests/contract/*.py",
    "contract/*.yaml",
    "pyproject.toml",
)


def key(project: Path, stages: Iterable[str], *, thorough: bool = True) -> str:
    """Return a hash of the rendered tree, of all that judges it, of the stages that do, and how."""
    digest = hashlib.sha256(" ".join(stages).encode())
    digest.update(b"" if thorough else b"\0coarsely")
    for path in tree.files(project):
        if path.name == ANSWERS:
            continue
        mode = path.stat().st_mode & 0o111
        digest.update(f"\0{path.relative_to(project)}\0{mode}\0".encode())
        digest.update(path.read_bytes())
    for path in judges():
        digest.update(f"\0{path.relative_to(ROOT)}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def judges() -> list[Path]:
    """Return the files on which a verdict depends besides the rendered tree."""
    found = (path for pattern in JUDGES for path in ROOT.glob(pattern))
    return sorted(path for path in found if not path.name.startswith("test_"))


def load(name: str) -> dict[str, float] | None:
    """Return the seconds of each stage of a kept verdict, if there is one."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        return None
    seconds: dict[str, float] = json.loads(path.read_text())
    return seconds


def keep(name: str, seconds: dict[str, float]) -> None:
    """Keep the verdict of a combination that passed every stage."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / f"{name}.json").write_text(json.dumps(seconds))
