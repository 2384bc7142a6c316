"""Hold a framework's generated OpenAPI document against the contract's.

    python tests/contract/compare.py GENERATED [CONTRACT]

Prints one line per difference; exits 0 without any, 1 with some, 2 on what cannot be read.
"""

import sys
from pathlib import Path
from typing import Any

import yaml

from tests.contract.normalise import facts

CONTRACT = Path(__file__).resolve().parents[2] / "contract" / "openapi.yaml"


def load(path: Path) -> dict[str, Any]:
    """Read a document, YAML or JSON.

    Raises:
        ValueError, OSError: it cannot be read, or is no OpenAPI document.
    """
    try:
        document = yaml.safe_load(path.read_text())
    except yaml.YAMLError as error:
        raise ValueError("not YAML or JSON") from error
    if not isinstance(document, dict) or "paths" not in document:
        raise ValueError("no OpenAPI document")
    return document


def differences(generated: dict[str, Any], contract: dict[str, Any]) -> list[str]:
    """Return one line for each fact that only one of the two states, or both differently."""
    said, due = facts(generated), facts(contract)
    return [
        f"{place}: {said.get(place, 'missing')}, not {due.get(place, 'in the contract')}"
        for place in sorted({*said, *due})
        if said.get(place) != due.get(place)
    ]


def main(arguments: list[str]) -> int:
    if len(arguments) not in (1, 2):
        print("usage: compare.py GENERATED [CONTRACT]", file=sys.stderr)
        return 2
    paths = [Path(arguments[0]), Path(arguments[1]) if arguments[1:] else CONTRACT]
    documents = []
    for path in paths:
        try:
            documents.append(load(path))
        except (OSError, ValueError) as error:
            print(f"{path}: {error}", file=sys.stderr)
            return 2
    found = differences(*documents)
    print("\n".join(found))
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
