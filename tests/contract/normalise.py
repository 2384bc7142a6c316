"""OpenAPI documents in one spelling, so that two that say the same are equal.

Frameworks differ in what they name, inline and order; what a client can notice is kept: the
operations, their parameters, bodies and answers, media types, members, types and requiredness.
"""

from collections.abc import Iterator, Mapping
from typing import Any

METHODS = ("get", "put", "post", "delete", "patch", "head", "options")
KEPT = (
    *("type", "format", "enum", "minimum", "maximum", "minLength", "maxLength", "minItems"),
    *("maxItems", "pattern", "default", "uniqueItems"),
)
Facts = dict[str, str]


def facts(document: Mapping[str, Any]) -> Facts:
    """Return what the document says, one fact a place: `GET /path 200 body.items[].id` for one."""
    found: Facts = {}
    for path, item in document["paths"].items():
        for method in METHODS:
            if method in item:
                reader = _Reader(document, found, f"{method.upper()} {path}")
                reader.read(item[method], item.get("parameters", []))
    return found


class _Reader:
    """Reads one operation into facts."""

    def __init__(self, document: Mapping[str, Any], found: Facts, place: str) -> None:
        self.document = document
        self.found = found
        self.place = place

    def read(self, operation: Mapping[str, Any], shared: list[Any]) -> None:
        self.say("operation", operation.get("operationId", ""))
        security = operation.get("security", self.document.get("security", []))
        self.say("authenticated", bool(security))
        for parameter in [*shared, *operation.get("parameters", [])]:
            self.read_parameter(self.resolve(parameter))
        if "requestBody" in operation:
            body = self.resolve(operation["requestBody"])
            self.say("request", "required" if body.get("required") else "optional")
            self.read_content("request", body.get("content", {}))
        for status, answer in operation["responses"].items():
            resolved = self.resolve(answer)
            self.say(str(status), "answer")
            for name in resolved.get("headers", {}):
                self.say(f"{status} header {name.lower()}", "sent")
            self.read_content(str(status), resolved.get("content", {}))

    def read_parameter(self, parameter: Mapping[str, Any]) -> None:
        name = parameter["name"].lower() if parameter["in"] == "header" else parameter["name"]
        place = f"{parameter['in']} {name}"
        self.say(place, "required" if parameter.get("required") else "optional")
        self.read_schema(place, parameter.get("schema", {}), ())

    def read_content(self, place: str, content: Mapping[str, Any]) -> None:
        for media_type, described in content.items():
            bare = media_type.split(";")[0].strip()
            self.say(f"{place} {bare}", "media type")
            self.read_schema(f"{place} {bare}", described.get("schema", {}), ())

    def read_schema(self, place: str, schema: Any, above: tuple[str, ...]) -> None:
        reference = schema.get("$ref", "") if isinstance(schema, dict) else ""
        if reference and reference in above:
            return
        above = (*above, reference) if reference else above
        flat = self.flatten(schema)
        kinds = sorted(set(_kinds(flat)))
        if kinds:
            self.say(place, "|".join(kinds))
        for key in KEPT[1:]:
            if key in flat and flat[key] is not None:
                value = sorted(map(str, flat[key])) if key == "enum" else flat[key]
                self.say(f"{place} {key}", value)
        if isinstance(others := flat.get("additionalProperties"), bool):
            self.say(f"{place} additionalProperties", others)
        elif others is not None:
            self.read_schema(f"{place}.*", others, above)
        if "items" in flat:
            self.read_schema(f"{place}[]", flat["items"], above)
        for name, member in flat.get("properties", {}).items():
            needed = name in flat.get("required", [])
            self.say(f"{place}.{name}", "required" if needed else "optional")
            self.read_schema(f"{place}.{name} type", member, above)

    def flatten(self, schema: Any) -> dict[str, Any]:
        """Merge references, `allOf`, and a type that is one or null, into one schema."""
        resolved = self.resolve(schema) if isinstance(schema, dict) else {}
        flat = {key: value for key, value in resolved.items() if key not in ("anyOf", "oneOf")}
        if "const" in flat:
            flat["enum"] = [flat.pop("const")]
        for part in flat.pop("allOf", []):
            flat = {**self.flatten(part), **flat}
        for part in (*resolved.get("anyOf", ()), *resolved.get("oneOf", ())):
            option = self.flatten(part)
            kinds = [*_kinds(flat), *_kinds(option)]
            flat = {**flat, **option, "type": kinds}
        return flat

    def resolve(self, node: Any) -> Any:
        while isinstance(node, dict) and "$ref" in node:
            target: Any = self.document
            for part in node["$ref"].removeprefix("#/").split("/"):
                target = target[part]
            rest = {key: value for key, value in node.items() if key != "$ref"}
            node = {**target, **rest}
        return node

    def say(self, what: str, value: object) -> None:
        place = f"{self.place} {what}"
        said = str(value)
        known = self.found.get(place)
        self.found[place] = said if known in (None, said) else f"{known}, {said}"


def _kinds(schema: Mapping[str, Any]) -> Iterator[str]:
    kind = schema.get("type", [])
    yield from [kind] if isinstance(kind, str) else kind
