"""The stage `image`: what a container of the project does, from its Dockerfile and compose.yaml."""

import re
import secrets
import shlex
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from tests.verifier import server
from tests.verifier.image import Image, build
from tests.verifier.paths import STATE
from tests.verifier.project import Project, StageError

VARIABLE = re.compile(r"\$\{(\w+)[^}]*\}")
# What only building or developing needs.
UNWANTED = (
    *("cc", "gcc", "make", "mypy", "pytest", "ruff"),
    *("pdm", "pip", "pipenv", "poetry", "uv"),
)
# Where a container on a read-only file system may write: its volume.
WRITABLE = "data"


def run(project: Project, **services: str) -> None:
    """Build the image; migrate, start, ask after its health and stop it, as compose does.

    Raises:
        StageError: a step fails, or the image is not as it should be.
    """
    folder = Path(tempfile.mkdtemp(prefix="image-", dir=STATE))
    try:
        image = build(project, folder)
        _look_at(image)
        compose = yaml.safe_load((project.folder / "compose.yaml").read_text())["services"]
        environment = _environment(compose["app"]["environment"], {**project.clients, **services})
        before = _files(image.root)
        _end_well(image, project, shlex.split(compose["migrate"]["command"]), environment)
        _serve(image, project, environment)
        if changed := _files(image.root) ^ before:
            raise StageError(f"it writes to its file system: {min(changed)[0]}")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _look_at(image: Image) -> None:
    if image.user.partition(":")[0] in ("root", "0"):
        raise StageError("the image runs as root")
    programs = {path.name for path in image.path("/srv/.venv/bin").iterdir()}
    if found := sorted(programs & set(UNWANTED)):
        raise StageError(f"the image has {', '.join(found)}")


def _environment(given: Mapping[str, Any], services: Mapping[str, str]) -> dict[str, str]:
    """Return the environment that compose gives, with the services that stand here."""
    chosen = {
        "SECRET_KEY": secrets.token_hex(32),
        "PUBLIC_URL": "http://localhost:8000",
        "EMAIL_URL": "smtp://127.0.0.1:9",
    }
    filled = {
        name: VARIABLE.sub(lambda match: chosen.get(match[1], ""), str(value))
        for name, value in given.items()
    }
    return {**filled, **services}


def _serve(image: Image, project: Project, environment: Mapping[str, str]) -> None:
    port = server.free_port()
    extra = {**environment, "HOST": "127.0.0.1", "PORT": str(port)}
    if image.start(image.health, project, **extra).wait() == 0:
        raise StageError("the health check passes though nothing runs")
    with server.serving(image.start(image.command, project, **extra), port):
        _end_well(image, project, image.health, extra)


def _end_well(
    image: Image, project: Project, command: list[str], environment: Mapping[str, str]
) -> None:
    status = image.start(command, project, **environment).wait()
    if status:
        raise StageError(f"{shlex.join(command)}: exit status {status}")


def _files(root: Path) -> set[tuple[str, int]]:
    """Return each file that the image holds, with the time when it was written."""
    return {
        (str(path.relative_to(root)), path.lstat().st_mtime_ns)
        for path in root.rglob("*")
        if path.relative_to(root).parts[0] != WRITABLE and not path.is_dir()
    }
