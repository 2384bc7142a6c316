"""The stage `client`: a typed client made from the contract's document alone, in a session."""

import hashlib
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.contract import profiles
from tests.verifier.paths import STATE, tool
from tests.verifier.project import Project, StageError

SESSION = Path(__file__).with_name("client_session.py")
MERGE_PATCH = "application/merge-patch+json"
PACKAGE = "todo_client"
# Formatting what nobody reads is left out.
CONFIGURATION = "post_hooks: []\n"


def run(project: Project, address: str) -> None:
    """Have the client use a running backend.

    Raises:
        StageError: the client cannot be made, or an answer is not of the type that it expects.
    """
    session = (sys.executable, "-P", str(SESSION), address, project.auth)
    project.run(*session, environment={"PYTHONPATH": str(generated(project.auth))})


def generated(auth: str) -> Path:
    """Return the folder that the client's package is in, made once for each document.

    Raises:
        StageError: the document is one of which no client can be made.
    """
    document = _document(auth)
    name = hashlib.sha256(json.dumps(document).encode()).hexdigest()[:16]
    folder = STATE / "client" / name
    if not folder.exists():
        folder.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=folder.parent) as made:
            _generate(document, Path(made))
            shutil.copytree(made, folder, dirs_exist_ok=True)
    return folder


def _document(auth: str) -> dict[str, Any]:
    """Return the document of what is served, with one media type a body.

    Where there are two, the generator's code lacks an import.
    """
    document = profiles.served(auth)
    for operations in document["paths"].values():
        for operation in operations.values():
            operation.get("requestBody", {}).get("content", {}).pop(MERGE_PATCH, None)
    return document


def _generate(document: dict[str, Any], folder: Path) -> None:
    source, configuration = folder / "openapi.json", folder / "configuration.yml"
    source.write_text(json.dumps(document))
    configuration.write_text(CONFIGURATION)
    command = [tool("openapi-python-client"), "generate", "--meta=none", "--fail-on-warning"]
    command += [f"--path={source}", f"--output-path={folder / PACKAGE}"]
    command += [f"--config={configuration}"]
    ended = subprocess.run(command, capture_output=True, text=True, check=False)  # noqa: S603
    if ended.returncode:
        raise StageError(f"no client can be made: {ended.stdout.strip()[-300:]}")
