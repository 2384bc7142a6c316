"""Before an update: move what the template moved, and bring the answers up to date.

Copier then finds the user's edits where the new template has the file, and merges them.
"""

import os
from pathlib import Path

import yaml

from migrations.project import answers, git, renewed
from migrations.record import Record, since


def run(project: Path, answers_file: Path) -> str:
    """Make the project ready for the update, and return nothing to print."""
    move(project, since(os.environ["VERSION_PEP440_FROM"]))
    renew(project / answers_file)
    return ""


def move(project: Path, record: Record) -> None:
    """Move each file that git knows to its new path, unless there is one already."""
    for old, new in record.moved.items():
        if (project / old).is_file():
            (project / new).parent.mkdir(parents=True, exist_ok=True)
            git("mv", "-k", old, new, folder=project)


def renew(path: Path) -> None:
    """Rewrite the answers under the questions and choices of this release, if that alters any."""
    stored = answers(path.read_bytes())
    if stored != (now := renewed(stored)):
        path.write_text(yaml.safe_dump(now, allow_unicode=True), "utf-8")
