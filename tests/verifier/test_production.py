"""A production install with a development tool in it, or without the service, is found."""

import pytest

from tests.verifier import production
from tests.verifier.conftest import MakeProject
from tests.verifier.project import StageError

README = """\
## Packages

`make lock` pins.

```console
mkdir -p .venv/bin
cp fake .venv/bin/python
```
"""
NEEDED = production.always("fastapi")


@pytest.mark.parametrize(
    ("names", "reason"),
    [
        (NEEDED, ""),
        (NEEDED | {"pytest"}, "has pytest$"),
        (NEEDED | {"Types_PyMySQL", "prek"}, "has prek, types-pymysql$"),
        (NEEDED - {"aiosqlite"}, "lacks aiosqlite$"),
    ],
)
def test_what_is_installed_is_judged(
    make_project: MakeProject, names: set[str], reason: str
) -> None:
    fake = f"#!/bin/sh\necho {' '.join(sorted(names))}\n"
    project = make_project({"README.md": README, "fake": fake, ".venv/pip": "x"})
    (project.folder / "fake").chmod(0o755)
    if not reason:
        return production.check(project)
    with pytest.raises(StageError, match=reason):
        production.check(project)
    assert "mkdir -p .venv/bin" in project.log.read_text()
    return None


def test_the_command_is_the_readme_s_own(make_project: MakeProject) -> None:
    with pytest.raises(StageError, match="no command under Packages"):
        production.check(make_project({"README.md": "## Packages\n\nNone.\n"}))
    readme = README.replace("mkdir -p .venv/bin\n", "exit 3\n")
    with pytest.raises(StageError, match="exit status 3"):
        production.check(make_project({"README.md": readme}))


def test_every_template_needs_something_of_its_own() -> None:
    assert "django" in production.always("django")
    assert {"flask", "uuid-utils"} <= production.always("flask")
    assert {"pytest", "mypy", "import-linter", "django-stubs"} <= production.development()
    assert "django-stubs-ext" not in production.development()
