"""What projects serve that do not serve the contract's document as it stands, made of it."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import yaml

CONTRACT = Path(__file__).resolve().parents[2] / "contract"


def served(auth: str) -> dict[str, Any]:
    """Return the document of what a project with this choice of `auth` serves."""
    makers = {"jwt": full, "none": minimal}
    return makers[auth]() if auth in makers else adapted(full(), _read(f"auth-{auth}"))


def full() -> dict[str, Any]:
    """Return the whole contract's document."""
    return _read("openapi")


def minimal() -> dict[str, Any]:
    """Return the document that the minimal profile is held against."""
    return reduced(full(), _read("minimal"))


def reduced(document: dict[str, Any], profile: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the profile's operations alone, without what it leaves out."""
    found = deepcopy(document)
    without = profile["without"]
    for path, operations in list(found["paths"].items()):
        kept = {
            method: _without(operation, without)
            for method, operation in operations.items()
            if operation["operationId"] in profile["operations"]
        }
        found["paths"][path] = kept
        if not kept:
            del found["paths"][path]
    for schema in found["components"]["schemas"].values():
        for name in without["members"]:
            schema.get("properties", {}).pop(name, None)
        if "required" in schema:
            schema["required"] = [n for n in schema["required"] if n not in without["members"]]
    return found


def _without(operation: dict[str, Any], without: dict[str, list[str]]) -> dict[str, Any]:
    operation.pop("security", None)
    for status in without["statuses"]:
        operation["responses"].pop(status, None)
    operation["parameters"] = [
        parameter
        for parameter in operation.get("parameters", [])
        if parameter.get("name") not in without["parameters"]
    ]
    return operation


def adapted(document: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return the document with the changes merged into it (RFC 7396): null takes a member out."""
    found = deepcopy(document)
    for name, change in changes.items():
        if change is None:
            del found[name]
        elif isinstance(change, dict):
            found[name] = adapted(found.get(name, {}), change)
        else:
            found[name] = change
    return found


def _read(name: str) -> dict[str, Any]:
    document: dict[str, Any] = yaml.safe_load((CONTRACT / f"{name}.yaml").read_text())
    return document
