"""After an update: say what is new, what needs a decision, and what to run."""

import os
import shlex
import tempfile
from collections.abc import Callable, Collection
from functools import cache
from pathlib import Path
from typing import Any

from migrations import changelog, steps
from migrations.moved import settle
from migrations.project import answers, committed, paths, renewed
from migrations.record import since

CHANGELOG = Path(__file__).resolve().parent.parent / "CHANGELOG.md"


def run(project: Path, answers_file: Path) -> str:
    """Return what a person wants to read after the update."""
    old, new = os.environ["VERSION_PEP440_FROM"], os.environ["VERSION_PEP440_TO"]
    before = answers(committed(answers_file, project))
    now = answers((project / answers_file).read_bytes())
    moved = since(old).moved
    with tempfile.TemporaryDirectory() as scratch:
        old_render = cache(lambda: render(before, Path(scratch) / "project"))
        settle(project, moved, old_render)
        removed = edited(project, moved, old_render)
    changed = paths("diff", "--name-only", "--relative", "-z", "HEAD", folder=project)
    changed += paths("ls-files", "--others", "--exclude-standard", "-z", folder=project)
    sections = (
        ("New in the template:", news(old, new)),
        (
            "Removed, though you had edited them. Each comes back by:",
            [f"git checkout HEAD -- {shlex.quote(path)}" for path in removed],
        ),
        (
            "Both you and the template changed these: settle what stands between the conflict "
            "markers, then git add them.",
            conflicts(project),
        ),
        ("Then run:", steps.steps(renewed(before), now, changed)),
    )
    return "".join(
        f"\n{heading}\n\n" + "".join(f"{line}\n" for line in lines)
        for heading, lines in sections
        if lines
    )


def news(old: str, new: str) -> list[str]:
    """Return the lines of the changelog between two versions, the newest first."""
    releases = changelog.between(CHANGELOG.read_text("utf-8"), old, new)
    return [
        line
        for release in releases
        for line in (f"{release.version}", *release.entries.strip().splitlines())
    ]


def conflicts(project: Path) -> list[str]:
    """Return the files that have conflict markers, or parts that could not be applied."""
    unmerged = paths("diff", "--name-only", "--diff-filter=U", "--relative", "-z", folder=project)
    others = ("ls-files", "--others", "-z", "--", "*.rej")
    return sorted({*unmerged, *paths(*others, folder=project)})


def edited(project: Path, moved: Collection[str], old_render: Callable[[], Path]) -> list[str]:
    """Return the files that the update removed and that were not as the template had made them."""
    gone = ("diff", "--name-only", "--diff-filter=D", "--no-renames", "--relative", "-z", "HEAD")
    removed = [path for path in paths(*gone, folder=project) if path not in moved]
    return [path for path in removed if _differs(project, path, old_render() / path)]


def _differs(project: Path, path: str, rendered: Path) -> bool:
    return not rendered.is_file() or rendered.read_bytes() != committed(path, project)


def render(stored: dict[str, Any], folder: Path) -> Path:
    """Render the project anew as it was made or last updated, and return its folder."""
    from copier import run_copy

    given = {name: value for name, value in stored.items() if not name.startswith("_")}
    run_copy(
        stored["_src_path"],
        folder,
        data=given,
        vcs_ref=stored["_commit"],
        defaults=True,
        quiet=True,
        unsafe=True,
    )
    return folder
