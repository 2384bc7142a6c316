"""Print what the suite needs, from pyproject.toml, for a pip that cannot read dependency groups."""

import tomllib
from pathlib import Path

PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


def main() -> None:
    """Print one requirement a line."""
    project = tomllib.loads(PYPROJECT.read_text("utf-8"))
    for requirement in project["project"]["dependencies"] + project["dependency-groups"]["dev"]:
        print(requirement)


if __name__ == "__main__":
    main()
