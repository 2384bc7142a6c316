"""What no source of a template may hold, since it would harm a project at some later update."""

import re
from collections.abc import Iterator
from pathlib import Path

import yaml

JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
# Values that are another one each time: the update after would take each for a change.
FLEETING = re.compile(r"random|shuffle|uuid|strftime|\bnow\b|secrets?\b")
FOLDERS = ("template-*", "shared", "questions", "extensions", "migrations")


def source_files(root: Path) -> Iterator[Path]:
    """Yield every file that rendering and updating read from a checkout."""
    for folder in (path for pattern in FOLDERS for path in sorted(root.glob(pattern))):
        for path in sorted(folder.rglob("*")):
            if "__pycache__" not in path.parts and (path.is_symlink() or path.is_file()):
                yield path


def findings(root: Path) -> list[str]:
    """Return a line for each fault in a copy of the suite."""
    return [*_links(root), *_private(root), *_fleeting(root), *_tasks(root)]


def _links(root: Path) -> Iterator[str]:
    """A checkout on Windows has text files in the place of links."""
    for path in source_files(root):
        if path.is_symlink():
            yield f"{path.relative_to(root)} is a symlink"


def _private(root: Path) -> Iterator[str]:
    """What a project ignores or makes itself is deleted once a template stops shipping it."""
    locks = (
        yaml.safe_load(path.read_text("utf-8"))["lock_file"]
        for path in root.glob("questions/managers/*.yml")
    )
    own = {".env", *locks}
    for path in source_files(root):
        if JINJA.sub("", path.name).removesuffix(".jinja") in own:
            yield f"{path.relative_to(root)} would be the project's own"


def _fleeting(root: Path) -> Iterator[str]:
    flow = (root / "copier.yml").read_text("utf-8")
    for name in re.findall(r"^!include (\S+)$", flow, re.MULTILINE):
        for question, details in yaml.safe_load((root / name).read_text("utf-8")).items():
            if FLEETING.search(str(details.get("default", ""))) or details.get("secret"):
                yield f"{question} has a default that is another each time"


def _tasks(root: Path) -> Iterator[str]:
    """Copier runs them three times an update, once in the project itself."""
    if re.search("^_tasks:", (root / "copier.yml").read_text("utf-8"), re.MULTILINE):
        yield "copier.yml has _tasks"
