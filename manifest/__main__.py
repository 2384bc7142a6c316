"""The command line: `python -m manifest DIR` prints the manifest of the project in DIR."""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from manifest import measured, project


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the manifest and return the exit status."""
    parser = argparse.ArgumentParser(prog="manifest", description="Describe a rendered project.")
    parser.add_argument("project", help="the project's folder")
    parser.add_argument(
        "--openapi", default="", help="a running project's /openapi.json, or a file of it"
    )
    options = parser.parse_args(arguments)
    try:
        if not options.project:
            raise project.ManifestError("No project is named: make manifest PROJECT=dir.")
        described = describe(Path(options.project).absolute(), options.openapi)
    except project.ManifestError as error:
        print(error, file=sys.stderr)
        return 1
    print(json.dumps(described, indent=2, ensure_ascii=False))
    return 0


def describe(folder: Path, openapi: str = "") -> dict[str, Any]:
    """Return the manifest of the project in a folder, as schema/manifest.schema.json has it."""
    found = project.load(folder)
    answers = {k: v for k, v in found.answers.items() if not k.startswith("_")}
    return {
        "framework": found.answers["framework"],
        "release": found.answers.get("_commit"),
        "answers": answers,
        "artifacts": found.artifacts(),
        "code_quality": {
            "type_hint_coverage": measured.type_hints(found),
            "test_coverage": measured.test_coverage(folder),
            "endpoints": measured.endpoints(folder, openapi),
        },
    }


if __name__ == "__main__":
    sys.exit(main())
