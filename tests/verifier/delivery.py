"""What the stage `tree` asks of delivery files: that each is what its program's schema allows."""

import subprocess
from pathlib import Path

from tests.verifier.paths import tool

# Each file that a project may have, with the schema that comes with check-jsonschema.
SCHEMAS = {
    "compose.yaml": "vendor.compose-spec",
    ".devcontainer/compose.yaml": "vendor.compose-spec",
    ".github/workflows/ci.yml": "vendor.github-workflows",
    ".github/workflows/template-update.yml": "vendor.github-workflows",
    ".gitlab-ci.yml": "vendor.gitlab-ci",
}


def findings(folder: Path) -> list[str]:
    """Return what is wrong with the project's delivery files, a line each; none is well."""
    present = {name: schema for name, schema in SCHEMAS.items() if (folder / name).is_file()}
    return [line for name, schema in present.items() for line in _violations(folder, name, schema)]


def _violations(folder: Path, name: str, schema: str) -> list[str]:
    command = [tool("check-jsonschema"), "--builtin-schema", schema, name]
    checked = subprocess.run(  # noqa: S603
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    said = (checked.stdout + checked.stderr).splitlines()
    found = [line.strip() for line in said if line.strip().startswith(f"{name}::")]
    return found or [f"{name}: {line}" for line in said[-1:] if checked.returncode]
