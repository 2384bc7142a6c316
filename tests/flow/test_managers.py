"""Each dependency manager is told in its own file, and a project speaks of the chosen one alone."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

from extensions import guard, requirements
from tests.verifier import render, tree
from tests.verifier.prove import complete

ROOT = Path(__file__).resolve().parents[2]
CHOICES = guard.choices(guard.asked()["dependency_manager"])
FILES = {name: ROOT / f"questions/managers/{name}.yml" for name in CHOICES}
CI = {"github": ".github/workflows/ci.yml", "gitlab": ".gitlab-ci.yml"}


def told(choice: str) -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load(FILES[choice].read_text())
    return loaded


def rendered(choice: str, ci: str, suite: Path, folder: Path) -> tuple[Path, dict[str, Any]]:
    answers = {
        "framework": "flask",
        "profile": "minimal",
        "auth": "none",
        "database": "sqlite",
        "dependency_manager": choice,
        "ci": ci,
        "devcontainer": True,
    }
    render.render(answers, folder, suite)
    return folder, complete(answers)


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text("{}\n")
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))


def test_each_choice_has_a_file_and_each_file_is_a_choice() -> None:
    assert sorted(FILES.values()) == sorted(ROOT.glob("questions/managers/*"))


@pytest.mark.parametrize("choice", CHOICES)
def test_each_file_tells_the_same_things(choice: str) -> None:
    assert list(told(choice)) == list(told("uv"))


@pytest.mark.parametrize("choice", CHOICES)
def test_its_own_package_is_pinned_unless_python_brings_it(choice: str) -> None:
    pinned = rf"(')?{choice}(\[[a-z]+\])?==[0-9.]+(?(1)')"
    assert re.fullmatch("" if choice == "pip" else pinned, told(choice)["package"])


def test_the_suite_runs_the_same_uv() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())
    assert told("uv")["package"] in project["dependency-groups"]["dev"]


@pytest.mark.parametrize("ci", CI)
@pytest.mark.parametrize("choice", CHOICES)
def test_every_file_speaks_of_the_chosen_one_alone(
    choice: str, ci: str, suite: Path, tmp_path: Path
) -> None:
    project, answers = rendered(choice, ci, suite, tmp_path / "project")
    manager = told(choice)
    lock = manager["lock_file"]
    expected = {
        "README.md": (manager["package"], manager["run"], lock, manager["production"]),
        "AGENTS.md": (manager["run"], manager["adding"], lock),
        "Makefile": (manager["run"], manager["lock"], *manager["install"]),
        "Dockerfile": (manager["package"], manager["image"]),
        CI[ci]: (manager["package"],),
        ".devcontainer/devcontainer.json": (manager["package"],),
        ".pre-commit-config.yaml": (manager["run"],),
        ".dockerignore": (lock, *manager["inputs"]),
        ".gitignore": tuple(manager["ignored"]),
    }
    for name, words in expected.items():
        text = (project / name).read_text()
        assert [word for word in words if word not in text] == [], name
    assert tree.findings(project, answers) == []
    assert not (project / lock).exists()


@pytest.mark.parametrize("choice", CHOICES)
def test_packages_are_listed_in_one_place(choice: str, suite: Path, tmp_path: Path) -> None:
    project, answers = rendered(choice, "none", suite, tmp_path / "project")
    runtime, dev = listed(project, choice)
    flags = dict.fromkeys((f for layer in requirements.TABLE.values() for f in layer), False)
    chosen = {**flags, "use_gunicorn": True, "use_pre_commit": answers["pre_commit"]}
    table = {"template": "flask-minimal", **chosen}
    assert sorted(runtime) == sorted(map(entry(choice), requirements.required(table, "runtime")))
    assert sorted(dev) == sorted(map(entry(choice), requirements.required(table, "dev")))
    said = tomllib.loads((project / "pyproject.toml").read_text())
    elsewhere = choice in ("pip", "pipenv")
    assert ("dependencies" not in said["project"]) == elsewhere
    assert ("dependency-groups" not in said) == elsewhere


def listed(project: Path, choice: str) -> tuple[list[str], list[str]]:
    """Return what the project's own files list, for production and for development."""
    if choice == "pip":
        runtime, dev = (
            (project / f"requirements{suffix}.txt").read_text().splitlines()
            for suffix in ("", "-dev")
        )
        assert dev.pop(0) == "-r requirements.txt"
        return runtime, dev
    if choice == "pipenv":
        pipfile = tomllib.loads((project / "Pipfile").read_text())
        runtime, dev = (
            [f"{name} = {value!r}" for name, value in pipfile[group].items()]
            for group in ("packages", "dev-packages")
        )
        return runtime, dev
    pyproject = tomllib.loads((project / "pyproject.toml").read_text())
    return pyproject["project"]["dependencies"], pyproject["dependency-groups"]["dev"]


def entry(choice: str) -> Any:
    """Return how a requirement of the table stands in the files of this manager."""
    if choice != "pipenv":
        return str

    def as_read(requirement: str) -> str:
        ((name, value),) = tomllib.loads(requirements.pipfile_entry(requirement)).items()
        return f"{name} = {value!r}"

    return as_read
