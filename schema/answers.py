"""The schema of a file of answers, made of the questions, the presets and the rules.

It accepts what the guard accepts where `--defaults` answers the rest, in every spelling that the
guard reads: words for booleans and text for lists come from the command line.
"""

from collections.abc import Iterable, Mapping
from types import ModuleType
from typing import Any

from schema.rules import Clause, clauses, derived, needed

Schema = dict[str, Any]

# `$` would match before a last line feed in some dialects of regular expressions.
END = r"(?![\s\S])"
SPACES = f"^ | {END}"


def document(guard: ModuleType) -> Schema:
    """Return the schema of the answers that this guard accepts."""
    questions: Mapping[str, Any] = guard.asked()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Answers to Trivet's questions",
        "description": "A file for copier's --data-file; what is left out has its default.",
        "type": "object",
        "properties": {
            **{name: _property(guard, name, question) for name, question in questions.items()},
            **{name: {"deprecated": True} for name in sorted(guard.retired()["questions"])},
        },
        "patternProperties": {"^_": {"description": "Copier's own."}},
        "additionalProperties": False,
        "allOf": [*_rules(guard), *_left_without_a_choice(guard), *_named_presets(guard)],
        "$defs": {
            "yes": _boolean(guard, value=True),
            "no": _boolean(guard, value=False),
            "text": {"type": "string", "minLength": 1, "not": {"pattern": _unwanted(guard)}},
        },
    }


def _property(guard: ModuleType, name: str, question: Mapping[str, Any]) -> Schema:
    described = {"description": " ".join(question["help"].split("{{")[0].split())}
    offered = guard.choices(question)
    if question["type"] == "bool":
        return {**described, "anyOf": [_equal(True), _equal(False)]}
    if question.get("multiselect"):
        return {**described, "anyOf": _list(guard, offered)}
    if offered:
        return {**described, "enum": [spelt for value in offered for spelt in _spellings(value)]}
    return {**described, **_text(guard, name), "maxLength": guard.LENGTHS[name]}


def _text(guard: ModuleType, name: str) -> Schema:
    if name == "project_slug":
        pattern = f"^{guard.SLUG}{END}"
        taken = sorted(guard.reserved())
        return {"type": "string", "pattern": pattern, "not": {"enum": taken}}
    if name == "author_email":
        return {"type": "string", "pattern": f"^{guard.EMAIL}{END}"}
    return {"$ref": "#/$defs/text"}


def _unwanted(guard: ModuleType) -> str:
    """Return the pattern of what no text may have; escapes of Python alone become characters."""
    refused = guard.REFUSED
    for astral in ("e0000", "10ffff"):
        refused = refused.replace(f"\\U{astral:>08}", chr(int(astral, 16)))
    return f"{refused}|{SPACES}"


def _boolean(guard: ModuleType, *, value: bool) -> Schema:
    words = [word for word, meaning in guard.BOOLEANS.items() if meaning is value]
    either = "|".join("".join(f"[{c.upper()}{c}]" if c.isalpha() else c for c in w) for w in words)
    return {"anyOf": [{"const": value}, {"type": "string", "pattern": f"^(?:{either}){END}"}]}


def _list(guard: ModuleType, offered: list[str]) -> list[Schema]:
    member = guard.MEMBER.format(f"(?:{'|'.join(offered)})")
    return [
        {"type": "array", "items": {"enum": offered}},
        {"type": "string", "pattern": f"^{guard.LIST.format(member)}{END}"},
    ]


def _spellings(value: str) -> list[Any]:
    """Return the value, and the number that YAML takes it for where it is not in quotes."""
    try:
        number = float(value)
    except ValueError:
        return [value]
    return [value, number] if str(number) == value else [value]


def _equal(value: object) -> Schema:
    if isinstance(value, bool):
        return {"$ref": f"#/$defs/{'yes' if value else 'no'}"}
    return {"enum": _spellings(str(value))}


def _among(values: Iterable[Any]) -> Schema:
    found = sorted(values, key=str)
    if any(isinstance(value, bool) for value in found):
        return {"anyOf": [_equal(value) for value in found]}
    return {"enum": [spelt for value in found for spelt in _spellings(value)]}


def _has(member: str) -> Schema:
    word = f"(?:^|[^A-Za-z0-9_-]){member}(?![A-Za-z0-9_-])"
    return {
        "anyOf": [
            {"type": "array", "contains": {"const": member}},
            {"type": "string", "pattern": word},
        ]
    }


def _member(name: str, values: Iterable[Any]) -> Schema:
    return _has(name) if True in values else {"not": _has(name)}


def _answered(named: Mapping[str, Iterable[Any]]) -> Schema:
    """Return a schema of answers that name all of these questions, with one of these values each.

    A member of a list is named `question:member`, and is in it or not; two of one list stand in an
    `allOf`.
    """
    parts: dict[str, list[Schema]] = {}
    for key, values in named.items():
        name, _, member = key.partition(":")
        parts.setdefault(name, []).append(_member(member, values) if member else _among(values))
    properties = {
        name: schemas[0] if len(schemas) == 1 else {"allOf": schemas}
        for name, schemas in sorted(parts.items())
    }
    return {"properties": properties, "required": list(properties)}


def _values(guard: ModuleType) -> dict[str, list[Any]]:
    return {
        name: guard.choices(question)
        for name, question in guard.asked().items()
        if guard.choices(question) and not question.get("multiselect")
    }


def _rules(guard: ModuleType) -> list[Schema]:
    values = _values(guard)
    return [
        {
            "description": f"{rule.because[0].upper()}{rule.because[1:]}.",
            "if": _answered(
                dict(
                    (name, [value]) if name in values else (f"{name}:{value}", [True])
                    for name, value in rule.when.items()
                )
            ),
            "then": {
                "properties": {
                    name: _among(allowed) if name in values else {"anyOf": [*map(_has, allowed)]}
                    for name, allowed in rule.needs.items()
                }
            },
        }
        for rule in guard.rules()
    ]


def _closed(guard: ModuleType) -> tuple[set[Clause], set[Clause]]:
    """Return what the rules forbid by their letter, and what follows from them."""
    values = _values(guard)
    stated = clauses(guard.rules(), values)
    return stated, derived(stated, values)


def _ordered(found: Iterable[Clause]) -> list[dict[str, list[Any]]]:
    return sorted(
        ({name: sorted(values, key=str) for name, values in sorted(clause)} for clause in found),
        key=str,
    )


def _left_without_a_choice(guard: ModuleType) -> list[Schema]:
    return [
        {"description": "No default would go with these.", "not": _answered(named)}
        for named in _ordered(_closed(guard)[1])
    ]


def _named_presets(guard: ModuleType) -> list[Schema]:
    """Return what a preset's name forbids: its framework is not replaced without a word."""
    stated, more = _closed(guard)
    found: list[Schema] = []
    for preset, (_, answers) in guard.presets().items():
        framework = answers.get("framework")
        forbidden = {
            frozenset(literal for literal in clause if literal[0] != "framework")
            for clause in stated | more
            if framework in dict(clause).get("framework", ())
        }
        found += [
            _unless_framework_is_given(_answered({**clause, "preset": [preset]}))
            for clause in _ordered(needed(forbidden, set()))
        ]
    return found


def _unless_framework_is_given(named: Schema) -> Schema:
    chosen = [{"required": ["framework"]}, _answered({"help_me_choose": [True]})]
    return {
        "description": "A preset's framework is not replaced without a word.",
        "if": named,
        "then": {"anyOf": chosen},
    }
