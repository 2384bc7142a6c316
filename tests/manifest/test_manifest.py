"""`make manifest`: what it says of projects, and what it refuses."""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import jsonschema
import pytest

from extensions import guard
from manifest import __main__ as command
from manifest import project
from tests.absent import absent
from tests.manifest.conftest import MakeProject, Manifest
from tests.verifier import render
from tests.verifier.paths import ROOT, interpreter

SCHEMA = json.loads((ROOT / "schema/manifest.schema.json").read_text())
FRAMEWORKS = guard.choices(guard.asked()["framework"])

LAYERED = {
    "app/main.py": "main",
    "app/routers/todos.py": "routers",
    "app/models/todos.py": "models",
    "app/schemas/todos.py": "schemas",
    "app/services/todos.py": "services",
    "app/database.py": "database",
    "migrations/versions/0001_initial.py": "migrations",
    "tests/api/test_todos.py": "tests",
    "app/settings.py": "config",
    "pyproject.toml": "config",
    "app/errors.py": "other",
}
DJANGO = {
    "manage.py": "main",
    "config/asgi.py": "main",
    "config/urls.py": "routers",
    "apps/todos/urls.py": "routers",
    "apps/todos/views.py": "routers",
    "apps/todos/models.py": "models",
    "apps/todos/serializers.py": "schemas",
    "apps/todos/services.py": "services",
    "config/settings/database.py": "database",
    "apps/todos/migrations/0001_initial.py": "migrations",
    "apps/todos/tests/test_views.py": "tests",
    "tests/api/test_todos.py": "tests",
    "config/settings/base.py": "config",
    "pyproject.toml": "config",
    "apps/todos/admin.py": "other",
}
LAYOUTS = {"fastapi": LAYERED, "flask": LAYERED, "django": DJANGO}


def described(folder: Path, openapi: str = "") -> dict[str, Any]:
    """Return the manifest, which the schema accepts."""
    found = command.describe(folder, openapi)
    jsonschema.Draft202012Validator(SCHEMA).validate(found)
    return found


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """Serve the files of a folder, and give the address."""
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def test_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    artifacts = SCHEMA["properties"]["artifacts"]
    assert tuple(artifacts["required"]) == tuple(artifacts["properties"]) == project.KINDS


@pytest.mark.parametrize("framework", LAYOUTS)
def test_each_file_has_its_kind(framework: str, make_project: MakeProject) -> None:
    built = ("tests/__pycache__/x.py", "tests/env/pyvenv.cfg", "tests/env/lib/x.py")
    folder = make_project(
        {".copier-answers.yml": f"framework: {framework}\n"}
        | dict.fromkeys((*built, *LAYOUTS[framework]), "")
    )
    artifacts = described(folder)["artifacts"]
    kinds = {path: kind for kind, paths in artifacts.items() for path in paths}
    assert kinds == LAYOUTS[framework] | {".copier-answers.yml": "config"}


@pytest.mark.parametrize(
    "answers",
    [{"framework": name} for name in FRAMEWORKS] + [{"preset": name} for name in guard.presets()],
    ids=lambda answers: "-".join(answers.values()),
)
def test_rendered_project(
    answers: dict[str, str], suite: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COPIER_SETTINGS_PATH", str(suite / "settings.yml"))
    folder = tmp_path / "project"
    render.render(answers, folder, suite)
    found = described(folder)
    assert found["framework"] == guard.defaults(answers)["framework"]
    assert [kind for kind, paths in found["artifacts"].items() if not paths] == []
    listed = [path for paths in found["artifacts"].values() for path in paths]
    python = {path.relative_to(folder).as_posix() for path in folder.rglob("*.py")}
    assert len(listed) == len(set(listed))
    assert python <= set(listed)
    hints = found["code_quality"]["type_hint_coverage"]
    assert hints["percent"] == 100
    assert hints["public"]["functions"] > 30
    assert hints["private"]["functions"] > 20


def test_type_hints_are_counted(make_project: MakeProject) -> None:
    code = """
def typed(a: int, *rest: int, key: str = "", **more: int) -> None:
    def inner(): ...
def no_result(a: int): ...
def no_parameter(a) -> None: ...
def no_rest(*rest) -> None: ...
def no_key(*, key=1) -> None: ...
async def _hidden(a: int) -> int: ...
class Public:
    def __init__(self, a: int): ...
    def method(self) -> None: ...
    @staticmethod
    def static(a) -> None: ...
    @classmethod
    def made(cls) -> None: ...
    def _own(self): ...
class _Private:
    def method(self) -> None: ...
if True:
    def conditional(self) -> None: ...
"""
    ignored = "def untyped(a): ...\n"
    folder = make_project(
        {"app/main.py": code, "tests/test_x.py": ignored, "migrations/versions/1.py": ignored}
    )
    assert described(folder)["code_quality"]["type_hint_coverage"] == {
        "percent": 42.86,
        "public": {"functions": 10, "annotated": 4},
        "private": {"functions": 4, "annotated": 2},
    }


def test_project_of_a_newer_python(make_project: MakeProject) -> None:
    answers = "framework: fastapi\npython_version: '{}'\n"
    files = {"app/main.py": "type Name = str\n\n\ndef greet(name: Name) -> None: ...\n"}
    folder = make_project({**files, ".copier-answers.yml": answers.format("3.99")})
    with pytest.raises(project.ManifestError, match=r"Python 3\.99, which the project is written"):
        command.describe(folder)
    newest = f"3.{max(12, sys.version_info.minor)}"
    if not interpreter(newest):
        absent(f"Python {newest} is not here")
    (folder / ".copier-answers.yml").write_text(answers.format(newest))
    assert described(folder)["code_quality"]["type_hint_coverage"]["percent"] == 100


def test_coverage_is_what_the_project_recorded(make_project: MakeProject) -> None:
    folder = make_project(
        {
            "app/main.py": "import sys\nif len(sys.argv) > 5:\n    print()\n",
            "pyproject.toml": '[tool.coverage.run]\nsource = ["app"]\nbranch = true\n',
            "Makefile": """openapi:\n\t@echo '{"paths": {}}'\n""",
        }
    )
    assert described(folder)["code_quality"]["test_coverage"] is None
    run = [sys.executable, "-m", "coverage", "run", "app/main.py"]
    subprocess.run(run, cwd=folder, check=True)  # noqa: S603
    with pytest.raises(project.ManifestError, match="run make install there"):
        command.describe(folder)
    python = folder / ".venv/bin/python"
    python.parent.mkdir(parents=True)
    python.write_text(f'#!/bin/sh\nexec {sys.executable} "$@"\n')
    python.chmod(0o755)
    assert described(folder)["code_quality"]["test_coverage"] == 60
    (folder / ".coverage").write_text("spoilt")
    with pytest.raises(project.ManifestError, match="cannot be read: run make test there"):
        command.describe(folder)


def test_endpoints_are_those_of_the_document(make_project: MakeProject, tmp_path: Path) -> None:
    paths = {"/a": {"get": {}, "post": {}, "parameters": []}, "/b": {"delete": {}}}
    document = tmp_path / "openapi.json"
    document.write_text(json.dumps({"paths": paths}))
    files = {"app/main.py": "", "Makefile": f"openapi:\n\t@cat {document}\n"}
    folder = make_project(files)
    assert described(folder)["code_quality"]["endpoints"] is None
    assert described(folder, str(document))["code_quality"]["endpoints"] == 3
    with serving(tmp_path) as address:
        assert described(folder, f"{address}/openapi.json")["code_quality"]["endpoints"] == 3
        with pytest.raises(project.ManifestError, match=r"/none cannot be read: .*404"):
            command.describe(folder, f"{address}/none")
    (folder / ".venv").mkdir()
    assert described(folder)["code_quality"]["endpoints"] == 3
    document.write_text("[]")
    with pytest.raises(project.ManifestError, match="make openapi gives no OpenAPI document"):
        command.describe(folder)
    document.unlink()
    with pytest.raises(project.ManifestError, match="run make install there"):
        command.describe(folder)


def test_command_prints_one_document(manifest: Manifest, make_project: MakeProject) -> None:
    folder = make_project({"app/main.py": "", ".copier-answers.yml": "framework: fastapi\n_x: 1\n"})
    result = manifest(folder)
    assert (result.returncode, result.stderr) == (0, "")
    assert json.loads(result.stdout) == described(folder)
    assert json.loads(result.stdout)["answers"] == {"framework": "fastapi"}


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, "{} is not a whole project: it has no folder app."),
        ({".copier-answers.yml": "a: ["}, "{}/.copier-answers.yml is not readable YAML."),
        ({".copier-answers.yml": ""}, "{} was not rendered by Trivet: .copier-answers.yml names"),
        ({".copier-answers.yml": "framework: [x]"}, "{} was not rendered by Trivet: .copier-"),
        ({".copier-answers.yml": "framework: rails"}, "{} was not rendered by Trivet: .copier-"),
        ({"app/main.py": "def"}, "{}/app/main.py is no Python that python"),
    ],
)
def test_refusals_are_one_line(
    files: dict[str, str], message: str, manifest: Manifest, make_project: MakeProject
) -> None:
    folder = make_project(files)
    result = manifest(folder)
    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr.startswith(message.format(folder))
    assert result.stderr.count("\n") == 1


def test_no_project_is_refused(manifest: Manifest, tmp_path: Path) -> None:
    for named, message in (
        ("", "No project is named: make manifest PROJECT=dir.\n"),
        (tmp_path / "none", f"{tmp_path}/none is not a folder.\n"),
        (tmp_path, f"{tmp_path} holds no rendered project: it has no .copier-answers.yml.\n"),
    ):
        result = manifest(named)
        assert (result.returncode, result.stdout, result.stderr) == (1, "", message)
