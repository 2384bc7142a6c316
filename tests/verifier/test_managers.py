"""Dependency managers are installed once, told where pip's index is, and called as they ask."""

import tomllib
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.verifier import managers
from tests.verifier.conftest import MakeProject

INDEX = "https://index.example/simple"


@pytest.fixture
def own_index(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    managers.index.cache_clear()
    monkeypatch.setenv("PIP_INDEX_URL", INDEX)
    yield
    managers.index.cache_clear()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> str:
    """Give a program that shows how it was called in place of each manager's own."""
    program = tmp_path / "manager"
    program.write_text('#!/bin/sh\necho "$(basename "$0") $*, ${PIPENV_DONT_LOAD_ENV:-unset}"\n')
    program.chmod(0o755)
    monkeypatch.setattr(managers, "program", lambda _: str(program))
    monkeypatch.setattr("tests.verifier.project.STATE", tmp_path)
    return "manager"


def test_a_manager_is_installed_once(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    made: list[str] = []

    def install(package: str, folder: Path) -> None:
        made.append(package)
        folder.mkdir()

    monkeypatch.setattr(managers, "STATE", tmp_path)
    monkeypatch.setattr(managers, "_install", install)
    poetry = managers.load("poetry")
    with ThreadPoolExecutor(4) as pool:
        found = set(pool.map(managers.program, [poetry] * 4))
    assert found == {str(tmp_path / "tools" / poetry.package / "bin/poetry")}
    assert made == [poetry.package]


def test_an_installation_that_fails_is_tried_again(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    def fail(package: str, folder: Path) -> None:
        folder.mkdir(exist_ok=True)
        raise OSError(package)

    monkeypatch.setattr(managers, "STATE", tmp_path)
    monkeypatch.setattr(managers, "_install", fail)
    for _ in range(2):
        with pytest.raises(OSError, match="pdm"):
            managers.program(managers.load("pdm"))


@pytest.mark.usefixtures("own_index")
def test_poetry_is_pointed_at_pip_s_index_once(make_project: MakeProject) -> None:
    files = {"pyproject.toml": "[tool.poetry]\npackage-mode = false\n"}
    project = make_project(files, dependency_manager="poetry")
    managers.reach_index(project)
    managers.reach_index(project)
    poetry = tomllib.loads((project.folder / "pyproject.toml").read_text())["tool"]["poetry"]
    assert poetry["source"] == [{"name": "index", "url": INDEX, "priority": "primary"}]


@pytest.mark.usefixtures("own_index")
@pytest.mark.parametrize("choice", ["uv", "pdm", "pip", "pipenv"])
def test_no_other_manager_s_project_is_changed(make_project: MakeProject, choice: str) -> None:
    project = make_project({"pyproject.toml": "[project]\n"}, dependency_manager=choice)
    managers.reach_index(project)
    assert (project.folder / "pyproject.toml").read_text() == "[project]\n"
    address = managers.environment(project.manager, Path("python")).get("PDM_PYPI_URL")
    assert address == (INDEX if choice == "pdm" else None)


@pytest.mark.usefixtures("shown")
@pytest.mark.parametrize("choice", ["uv", "poetry", "pdm", "pipenv"])
def test_a_tool_is_run_through_the_manager(make_project: MakeProject, choice: str) -> None:
    project = make_project({"x": "x"}, dependency_manager=choice)
    assert project.tool("alembic", "check").endswith("run alembic check, unset\n")


@pytest.mark.usefixtures("shown")
def test_what_the_makefile_exports_reaches_tools(make_project: MakeProject) -> None:
    files = {"Makefile": "export PIPENV_DONT_LOAD_ENV := 1\n"}
    project = make_project(files, dependency_manager="pipenv")
    assert project.tool("alembic", "check").endswith(", 1\n")
