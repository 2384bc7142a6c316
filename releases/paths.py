"""What became of the paths and answers of rendered projects between two versions of the suite.

`python -m releases.paths [FROM [TO]]` compares the last release with the work tree, or two tags,
and fails where something vanished, moved or changed owner that no migration takes care of.
"""

import json
import runpy
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from pathlib import Path
from types import SimpleNamespace
from typing import Any, NamedTuple

import yaml
from copier.errors import UserMessageError
from pathspec import PathSpec

from extensions import guard
from migrations.record import Record, since
from releases.git import git
from releases.tagged import WORK_TREE, tagged, tags
from tests.verifier.array import Row, deciding
from tests.verifier.render import ANSWERS, render
from tests.verifier.tree import files

ALIKE = 0.5
LISTING = "import json; from tests.verifier.array import rows; print(json.dumps(rows()))"


class Pair(NamedTuple):
    """One row rendered by both versions, unless the new one refuses its answers."""

    row: str
    old: Path
    new: Path
    refusal: str = ""


def findings(old: Path, new: Path, pairs: Iterable[Pair], record: Record) -> list[str]:
    """Return a line for each path or answer of the old version that the new one loses."""
    kept = [_copy_once(suite) for suite in (old, new)]
    found = dict.fromkeys(_retired(old, new))
    for pair in pairs:
        if pair.refusal:
            found[f"the answers of {pair.row} are refused: {pair.refusal}"] = None
            continue
        before, after = (_paths(folder) for folder in (pair.old, pair.new))
        for path in sorted(before - after):
            if record.moved.get(path) not in after and path not in record.removed:
                found[f"{path} vanished{_guess(pair, path, after - before)}"] = None
        for path in sorted(before & after):
            if len({spec.match_file(path) for spec in kept}) == 2 and path not in record.owned:
                found[f"{path} changed owner: it is copied once in one version alone"] = None
        for path in sorted(after & record.moved.keys()):
            found[f"{path} is recorded as moved, and still rendered by {pair.row}"] = None
    return list(found)


def both(old: Path, new: Path, scratch: Path, some: Iterable[Row]) -> list[Pair]:
    """Render few of these rows that tell all, by the old version and as an update of it would."""
    pairs = []
    for row in telling(some):
        pair = Pair(row.name, scratch / "old" / row.name, scratch / "new" / row.name)
        render(row.answers, pair.old, old)
        pairs.append(pair._replace(refusal=_refusal(pair, new)))
    return pairs


def offered(suite: Path) -> list[Row]:
    """Return the rows of a version's own array, which has all that the version offers."""
    printed = subprocess.run(  # noqa: S603
        [sys.executable, "-c", LISTING], cwd=suite, check=True, stdout=subprocess.PIPE
    ).stdout
    return [Row(*row) for row in json.loads(printed)]


def telling(every: Iterable[Row]) -> list[Row]:
    """Return few rows in which every choice occurs with each template; paths test no more."""
    left = [(row, _levels(row)) for row in every]
    chosen = []
    while any(levels for _, levels in left):
        best, told = max(left, key=lambda item: len(item[1]))
        chosen.append(best)
        left = [(row, levels - told) for row, levels in left]
    return chosen


def unpacked(clone: Path, tag: str, folder: Path) -> Path:
    """Return a folder with the files of a version, which is no git checkout."""
    folder.mkdir(parents=True)
    git(clone, "--work-tree", folder, "checkout", "--quiet", "--force", tag, "--", ".")
    return folder


def compare(old: str, new: str, scratch: Path) -> tuple[list[Pair], list[str]]:
    """Return the rows that were compared between two tags, and what was found."""
    clone = tagged(scratch / "clone")
    one, other = (unpacked(clone, tag, scratch / f"suite-{tag}") for tag in (old, new))
    pairs = both(one, other, scratch, offered(one))
    return pairs, findings(one, other, pairs, since(old))


def main() -> int:
    """Compare the versions that the command line names, and return the exit status."""
    old, new = [*sys.argv[1:3], *[tags()[-1], WORK_TREE][len(sys.argv[1:3]) :]]
    with tempfile.TemporaryDirectory() as scratch:
        pairs, found = compare(old, new, Path(scratch))
    for line in found:
        print(line)
    print(f"{old} to {new}: {len(pairs)} rows, {len(found)} not taken care of")
    return int(bool(found))


def _refusal(pair: Pair, new: Path) -> str:
    """Render the row as an update would, and return why that is refused, if it is."""
    try:
        render(_stored(pair.old), pair.new, new)
    except UserMessageError as error:
        return str(error)
    return ""


def _levels(row: Row) -> set[tuple[object, str, object]]:
    """Return every choice that the row makes, each beside the template that it makes it for."""
    answers = guard.defaults(row.answers)
    template = (answers["framework"], answers["profile"])
    return {
        (template, name, choice)
        for name, question in deciding().items()
        if guard.choices(question)
        for choice in _chosen(answers[name], question)
    }


def _chosen(answer: object, question: Mapping[str, Any]) -> list[object]:
    if not isinstance(answer, list):
        return [answer]
    return [(choice, choice in answer) for choice in guard.choices(question)]


def _stored(project: Path) -> dict[str, Any]:
    """Return the answers that Copier stored in a project, as this version calls them."""
    stored = yaml.safe_load((project / ANSWERS).read_text("utf-8"))
    return guard.renewed({k: v for k, v in stored.items() if not k.startswith("_")})


def _retired(old: Path, new: Path) -> list[str]:
    """Return the questions and choices that are gone and not said to be."""
    before, after, retired = _guard_of(old), _guard_of(new), guard.retired()
    return [
        *(
            f"the question {name} is gone, and questions/retired.yml does not have it"
            for name in before.asked()
            if name not in after.asked() and name not in retired["questions"]
        ),
        *(
            f"the choice {name}={choice} is gone, and questions/retired.yml does not have it"
            for name, question in before.asked().items()
            if name in after.asked()
            for choice in before.choices(question)
            if choice not in after.choices(after.asked()[name])
            and choice not in retired["choices"].get(name, {})
        ),
    ]


def _guard_of(suite: Path) -> SimpleNamespace:
    """Return the guard of a version, which reads that version's questions."""
    return SimpleNamespace(**runpy.run_path(str(suite / "extensions/guard.py")))


def _copy_once(suite: Path) -> PathSpec[Any]:
    settings = (suite / "copier.yml").read_text("utf-8").partition("\n---\n")[0]
    return PathSpec.from_lines("gitignore", yaml.safe_load(settings)["_skip_if_exists"])


def _paths(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in files(folder)}


def _guess(pair: Pair, path: str, added: Iterable[str]) -> str:
    """Return which new file is most like the one that vanished, if any is."""
    lines = (pair.old / path).read_text("utf-8", "replace").splitlines()
    ratios = {
        new: SequenceMatcher(
            None, lines, (pair.new / new).read_text("utf-8", "replace").splitlines()
        ).ratio()
        for new in added
    }
    best = max(ratios, key=lambda new: ratios[new], default="")
    return f", and {best} is like it" if best and ratios[best] >= ALIKE else ""


if __name__ == "__main__":
    sys.exit(main())
