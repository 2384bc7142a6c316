"""Each task queue is told in its own file, and a project runs and describes the chosen one."""

from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import StrictUndefined
from jinja2.sandbox import SandboxedEnvironment

from extensions import guard
from tests.verifier import render

ROOT = Path(__file__).resolve().parents[2]
FRAMEWORKS = guard.choices(guard.asked()["framework"])
CHOICES = [choice for choice in guard.choices(guard.asked()["task_queue"]) if choice != "none"]
FILES = {name: ROOT / f"questions/queues/{name}.yml" for name in CHOICES}


def goes_with(framework: str, choice: str) -> bool:
    return not guard.conflicts({"framework": framework, "task_queue": choice})


PAIRS = [(name, choice) for name in FRAMEWORKS for choice in CHOICES if goes_with(name, choice)]


def told(framework: str, choice: str) -> dict[str, Any]:
    jinja = SandboxedEnvironment(undefined=StrictUndefined)
    text = jinja.from_string(FILES[choice].read_text()).render(use_django=framework == "django")
    loaded: dict[str, Any] = yaml.safe_load(text)
    return loaded


@pytest.fixture(autouse=True)
def _no_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = tmp_path / "settings.yml"
    settings.write_text("{}\n")
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(settings))


def test_each_queue_has_a_file_and_each_file_is_a_queue() -> None:
    assert sorted(FILES.values()) == sorted(ROOT.glob("questions/queues/*"))


@pytest.mark.parametrize("choice", CHOICES)
def test_each_file_tells_the_same_things(choice: str) -> None:
    assert list(told("django", choice)) == list(told("django", "celery"))


@pytest.mark.parametrize("choice", CHOICES)
def test_nothing_is_left_out_but_django_s_where_django_is_ruled_out(choice: str) -> None:
    left_out = {name for name, text in told("django", choice).items() if not text}
    django = {"django_broker", "django_schedule"}
    assert left_out == (set() if goes_with("django", choice) else django)


@pytest.mark.parametrize("choice", CHOICES)
def test_shared_files_know_no_queue_by_its_name(choice: str) -> None:
    files = (path for path in (ROOT / "shared").rglob("*") if path.suffix == ".jinja")
    assert [path for path in files if f"use_{choice}" in path.read_text()] == []


@pytest.mark.parametrize(("framework", "choice"), PAIRS)
def test_every_file_speaks_of_the_chosen_one(
    framework: str, choice: str, suite: Path, tmp_path: Path
) -> None:
    project = tmp_path / "project"
    render.render({"framework": framework, "task_queue": choice}, project, suite)
    queue = told(framework, choice)
    django = ("django_broker", "django_schedule") if framework == "django" else ()
    expected = {
        "Makefile": ("worker", "scheduler"),
        "compose.yaml": ("worker", "scheduler"),
        "README.md": ("lost_job",),
        "AGENTS.md": django,
    }
    for name, keys in expected.items():
        text = (project / name).read_text()
        assert [key for key in keys if queue[key] not in text] == [], name
