"""A rendered project to plant faults in; no service is needed and nothing is installed."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.verifier import render
from tests.verifier.project import Project
from tests.verifier.prove import complete

MakeProject = Callable[..., Project]


@pytest.fixture(scope="session")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the default project, which no test may change."""
    suite = tmp_path_factory.mktemp("suite")
    render.copy_suite(suite)
    folder = tmp_path_factory.mktemp("rendered") / "project"
    with pytest.MonkeyPatch.context() as patch:
        settings = suite / "settings.yml"
        settings.write_text("{}\n")
        patch.setenv("COPIER_SETTINGS_PATH", str(settings))
        render.render({}, folder, suite)
    return folder


@pytest.fixture
def make_project(tmp_path: Path) -> MakeProject:
    """Return a function that makes a project of a few files, by their paths and contents."""

    def make(files: dict[str, str], **answers: object) -> Project:
        folder = tmp_path / "project"
        for name, text in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Project(folder, complete(answers), tmp_path / "stage.log")

    return make
