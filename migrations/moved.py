"""Files that the template moved: what Copier cannot know of them is settled here after an update.

It takes such a file for one that both sides added, and so for a conflict wherever they differ; and
it brings back one that the user had deleted under its old path.
"""

from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from migrations.project import committed, git, is_committed, paths

LABELS = ("-L", "before updating", "-L", "last update", "-L", "after updating")


def settle(project: Path, moved: Mapping[str, str], old_render: Callable[[], Path]) -> None:
    """Merge each moved file with what it was made of, and remove those that were not wanted."""
    unmerged = paths("diff", "--name-only", "--diff-filter=U", "--relative", "-z", folder=project)
    for old, new in moved.items():
        if new in unmerged and is_committed(old, project):
            merge(project, old, new, old_render() / old)
        elif _is_back(project, old, new) and (old_render() / old).exists():
            (project / new).unlink()


def _is_back(project: Path, old: str, new: str) -> bool:
    """Return whether the update brought a file that the user has under neither path."""
    had = any(is_committed(path, project) for path in (old, new))
    return not had and (project / new).exists()


def merge(project: Path, old: str, new: str, base: Path) -> None:
    """Write the file anew, merged from three; where that is clean it is in conflict no more."""
    with TemporaryDirectory() as folder:
        ours, theirs = Path(folder) / "ours", Path(folder) / "theirs"
        ours.write_bytes(committed(old, project))
        theirs.write_bytes(git("show", f":3:./{new}", folder=project))
        names = map(str, (ours, base, theirs))
        merged = git("merge-file", "-p", *LABELS, *names, folder=project, check=False)
    (project / new).write_bytes(merged)
    if b"\n>>>>>>> after updating\n" not in b"\n" + merged:
        git("add", "--", new, folder=project)
