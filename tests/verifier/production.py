"""A production install of a project, from its files and lock alone: no development tool in it."""

import re
import shutil
from dataclasses import replace

from extensions.requirements import REQUIREMENT, TABLE, Group
from tests.verifier.project import Project, StageError
from tests.verifier.tree import BUILT

COMMAND = re.compile(r"^## Packages\n.*?^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
# Nothing of it is run but the list. Pip takes this option's falsehood for its being given.
UNCOMPILED = {"PIP_NO_COMPILE": "false"}
LIST = "import importlib.metadata as m; print(*(d.metadata['Name'] for d in m.distributions()))"


def check(project: Project) -> None:
    """Install as the README says for where the service only runs, and list what is there.

    Raises:
        StageError: a development tool is installed, or a package of the service is not.
    """
    command = COMMAND.search((project.folder / "README.md").read_text())
    if not command:
        raise StageError("README.md has no command under Packages")
    folder = project.folder.with_name(f"{project.folder.name}-production")
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(project.folder, folder, ignore=shutil.ignore_patterns(*BUILT, ".pdm-python"))
    installation = replace(project, folder=folder)
    installation.run("sh", "-ec", command[1], seconds=1200, environment=UNCOMPILED)
    judge(set(map(_plain, installation.run(".venv/bin/python", "-c", LIST).split())), project)
    shutil.rmtree(folder)


def judge(installed: set[str], project: Project) -> None:
    """Hold what is installed against the requirements table.

    Raises:
        StageError: a development tool is installed, or a package of the service is not.
    """
    if wrong := sorted(installed & development()):
        raise StageError(f"a production install has {', '.join(wrong)}")
    if missing := sorted(always(str(project.answers["framework"])) - installed):
        raise StageError(f"a production install lacks {', '.join(missing)}")


def development() -> set[str]:
    """Return the packages that only development needs, whatever was answered."""
    return _names("dev") - _names("runtime")


def always(framework: str) -> set[str]:
    """Return the packages that each of a framework's projects runs on."""
    layers = [TABLE["every"], *(TABLE[name] for name in TABLE if name.startswith(framework))]
    rows = [{_name(text) for text in layer["always"].get("runtime", ())} for layer in layers]
    return rows[0] | set.intersection(*rows[1:])


def _names(group: Group) -> set[str]:
    rows = (row for layer in TABLE.values() for row in layer.values())
    return {_name(text) for row in rows for text in row.get(group, ())}


def _name(requirement: str) -> str:
    match = REQUIREMENT.fullmatch(requirement)
    assert match, requirement
    return _plain(match[1])


def _plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()
