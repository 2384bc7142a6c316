"""The stages that run a project's own commands fail where these fail, and say which."""

import json
import shutil
import sys
import tomllib
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from tests.verifier import stages
from tests.verifier.conftest import MakeProject
from tests.verifier.project import Project, StageError
from tests.verifier.prove import complete

# Stands for the project's environment: each program does as its file says.
BIN = ".venv/bin"


def with_programs(project: Project, **scripts: str) -> Project:
    folder = project.folder / BIN
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in scripts.items():
        path = folder / name.replace("_", "-")
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o755)
    return project


def with_suite_tools(project: Project) -> Project:
    folder = project.folder / BIN
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("ruff", "mypy"):
        (folder / name).symlink_to(Path(sys.executable).parent / name)
    return with_programs(project, lint_imports="exit 0")


@pytest.mark.parametrize(
    ("source", "command"),
    [
        ("import os\n", "ruff check"),
        ("x = {  'a':1 }\n", "ruff format --check"),
        ("def f(x):\n    return x\n", "mypy --strict"),
    ],
)
def test_lint_fails_on_a_planted_fault(
    make_project: MakeProject, source: str, command: str
) -> None:
    files = {"module.py": source, "Makefile": "lint:\n\t@true\n", "pyproject.toml": ""}
    project = with_suite_tools(make_project(files, dependency_manager="pip"))
    with pytest.raises(StageError, match=command):
        stages.lint(project)
    assert command in project.log.read_text()


def test_lint_fails_where_the_project_s_own_target_does(make_project: MakeProject) -> None:
    files = {"module.py": "X = 1\n", "Makefile": "lint:\n\texit 1\n", "pyproject.toml": ""}
    project = with_suite_tools(make_project(files, dependency_manager="pip"))
    with pytest.raises(StageError, match="make lint"):
        stages.lint(project)


def test_lint_fails_on_an_import_against_the_layers(make_project: MakeProject) -> None:
    project = make_project({"Makefile": "lint:\n\t@true\n"}, dependency_manager="pip")
    with_programs(project, ruff="exit 0", mypy="exit 0", lint_imports="exit 1")
    with pytest.raises(StageError, match="lint-imports"):
        stages.lint(project)


@pytest.mark.parametrize("on", [True, False])
def test_lint_fails_on_a_hook_that_fails(make_project: MakeProject, on: bool) -> None:
    files = {"Makefile": "lint:\n\t@true\n"}
    project = make_project(files, dependency_manager="pip", pre_commit=on)
    with_programs(project, ruff="exit 0", mypy="exit 0", lint_imports="exit 0", prek="exit 1")
    with pytest.raises(StageError, match="prek run") if on else nullcontext():
        stages.lint(project)


def test_install_fails_with_its_command(make_project: MakeProject) -> None:
    project = make_project({"Makefile": "install:\n\t@echo no such package; exit 1\n"})
    with pytest.raises(StageError, match="make install"):
        stages.install(project)
    assert "no such package" in project.log.read_text()


@pytest.mark.parametrize("failing", ["upgrade head", "check", "downgrade base"])
def test_migrations_fail_at_each_step(make_project: MakeProject, failing: str) -> None:
    project = make_project({}, dependency_manager="pip", database="sqlite")
    with_programs(project, alembic=f'test "$*" != "{failing}"')
    with pytest.raises(StageError, match=failing):
        stages.migrations(project)


@pytest.mark.parametrize("failing", ["up", "check", "down --all"])
def test_migrations_by_peewee_fail_at_each_step(make_project: MakeProject, failing: str) -> None:
    project = make_project({}, dependency_manager="pip", database="sqlite", orm="peewee")
    with_programs(project, python=f'test "$*" != "-m migrations {failing}"')
    with pytest.raises(StageError, match=f"migrations {failing}"):
        stages.migrations(project)


@pytest.mark.parametrize("failing", ["upgrade", "downgrade models"])
def test_migrations_by_tortoise_fail_at_each_step(make_project: MakeProject, failing: str) -> None:
    project = make_project({}, dependency_manager="pip", database="sqlite", orm="tortoise")
    tool = f'test "$*" != "-c migrations.config.TORTOISE_ORM {failing}"'
    with_programs(project, tortoise=tool, python="exit 0")
    with pytest.raises(StageError, match=failing):
        stages.migrations(project)


def test_drift_of_tortoise_fails(make_project: MakeProject) -> None:
    project = make_project({}, dependency_manager="pip", database="sqlite", orm="tortoise")
    with_programs(project, tortoise="exit 0", python="exit 1")
    with pytest.raises(StageError, match=r"migrations\.check"):
        stages.migrations(project)


@pytest.mark.parametrize(
    "printed",
    ["exit 1", "echo no tests ran", "echo '3 passed, 1 warning in 2 s'"],
)
def test_tests_fail_on_failures_on_none_and_on_warnings(
    make_project: MakeProject, printed: str
) -> None:
    project = make_project({"Makefile": f"test:\n\t@{printed}\n"})
    with pytest.raises(StageError, match="test"):
        stages.run_tests(project)


def test_tests_pass_on_a_summary_without_warnings(make_project: MakeProject) -> None:
    stages.run_tests(make_project({"Makefile": "test:\n\t@echo '3 passed in 2 s'\n"}))


def test_a_row_of_the_array_counts_lines(make_project: MakeProject) -> None:
    pyproject = """[tool.coverage.run]
source = ["app"]
branch = true
concurrency = ["thread", "greenlet"]

[tool.coverage.report]
fail_under = 95
"""
    makefile = "test:\n\t@echo \"with $$PYTEST_ADDOPTS\"; echo '3 passed in 2 s'\n"
    files = {"Makefile": makefile, "pyproject.toml": pyproject}
    project = make_project(files, python_version="3.13")
    stages.run_tests(replace(project, thorough=False))
    configuration = project.log.with_name("coverage.toml")
    assert f"with --cov-config={configuration}\n" in project.log.read_text()
    assert tomllib.loads(configuration.read_text())["tool"]["coverage"] == {
        "run": {"source": ["app"], "branch": False, "core": "sysmon"},
        "report": {"fail_under": 95},
    }


def test_a_row_of_the_array_counts_nothing_by_tracing(make_project: MakeProject) -> None:
    makefile = "test:\n\t@echo \"with $$PYTEST_ADDOPTS\"; echo '3 passed in 2 s'\n"
    project = make_project({"Makefile": makefile}, python_version="3.11")
    stages.run_tests(replace(project, thorough=False))
    assert f"with {stages.WITHOUT_COVERAGE}\n" in project.log.read_text()


def test_a_row_with_a_name_of_its_own_counts_branches(make_project: MakeProject) -> None:
    makefile = "test:\n\t@test -z \"$$PYTEST_ADDOPTS\" && echo '3 passed in 2 s'\n"
    stages.run_tests(make_project({"Makefile": makefile}, python_version="3.13"))


def test_real_tests_are_pointed_at_the_services(make_project: MakeProject) -> None:
    files = {"Makefile": 'test:\n\t@test -n "$(REDIS_URL)" && echo "1 passed"\n'}
    stages.run_tests_for_real(make_project(files, database="sqlite"))


def test_real_tests_fail_where_they_fail_on_redis_alone(make_project: MakeProject) -> None:
    files = {"Makefile": 'test:\n\t@test -z "$(REDIS_URL)" && echo "1 passed"\n'}
    project = make_project(files, database="sqlite")
    stages.run_tests(project)
    with pytest.raises(StageError, match="make test"):
        stages.run_tests_for_real(project)


def test_openapi_fails_on_a_document_that_lacks_operations(make_project: MakeProject) -> None:
    document = {"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}}
    project = make_project({"Makefile": f"openapi:\n\t@echo '{json.dumps(document)}'\n"})
    with pytest.raises(StageError, match=r"compare\.py .*exit status 1"):
        stages.openapi(project)


# Copier leaves a folder open where rendering fails.
@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_rendering_fails_on_a_planted_fault(tmp_path: Path) -> None:
    from jinja2.exceptions import UndefinedError

    from tests.verifier import render

    suite = tmp_path / "suite"
    render.copy_suite(suite)
    (suite / "template-fastapi/x.txt.jinja").write_text("{{ no_such_name }}")
    with pytest.raises(UndefinedError):
        render.render({}, tmp_path / "project", suite)


def test_a_python_that_is_nowhere_is_named(make_project: MakeProject) -> None:
    project = make_project({}, python_version="3.99")
    with pytest.raises(StageError, match=r"Python 3\.99 is not installed"):
        project.run("true")


def test_commands_do_not_inherit_what_is_the_caller_s(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DATABASE_URL", "PYTHONDONTWRITEBYTECODE", "MAKEFLAGS"):
        monkeypatch.setenv(name, "1")
    names = make_project({"x": "x"}).run("env", "-0").split("\0")
    inherited = {name.partition("=")[0] for name in names}
    assert not inherited & {"DATABASE_URL", "PYTHONDONTWRITEBYTECODE", "MAKEFLAGS"}


def test_a_command_that_hangs_is_ended(make_project: MakeProject) -> None:
    with pytest.raises(StageError, match="not done after 0 s"):
        make_project({"x": "x"}).run("sleep", "20", seconds=0.2)


def test_answers_are_completed_by_defaults() -> None:
    assert complete({"server": "uvicorn"})["server"] == "uvicorn"
    assert complete({})["server"] == "granian"
    assert shutil.which("make")
