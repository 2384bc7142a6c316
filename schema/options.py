"""docs/options.md: each question and choice, what it installs, and what it does not go with."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment, StrictUndefined

from extensions import guard
from extensions.requirements import TABLE, Group, Row
from schema.choices import answer, deciding, shown

FILE = Path(__file__).resolve().parent.parent / "docs" / "options.md"

TABLE_HEAD = ("| choice | what it is | installs | what goes with it |", "| --- | --- | --- | --- |")
JINJA = Environment(undefined=StrictUndefined, autoescape=False)  # noqa: S701

HEAD = """\
# Options

Written by `make schema` from the questions, the rules and the requirements table. What a choice
installs is named with the framework where that is not the same in all; packages for development
and tests alone stand in brackets. Presets and the texts that are asked for stand in README.md.
"""


def text() -> str:
    """Return what the file has to hold."""
    return "\n".join([HEAD, *(_section(name, guard.asked()[name]) for name in deciding())])


def _section(name: str, question: Mapping[str, Any]) -> str:
    labels = _labels(question)
    rows = [_row(name, choice, labels.get(choice, "")) for choice in guard.choices(question)]
    return "\n".join([f"## `{name}`", "", f"{_help(question)}.", "", *TABLE_HEAD, *rows, ""])


def _help(question: Mapping[str, Any]) -> str:
    said, _, _ = str(question["help"]).partition("{{")
    return said.strip().rstrip("?")


def _labels(question: Mapping[str, Any]) -> dict[Any, str]:
    """Return how each choice is shown; what is asked with yes or no has no labels."""
    return dict(zip(guard.choices(question), question.get("choices", ()), strict=False))


def _row(name: str, choice: Any, label: str) -> str:
    cells = (f"`{shown(choice)}`", label, _installed(name, choice), _bounds(name, choice))
    return f"| {' | '.join(cells)} |"


def _bounds(name: str, choice: Any) -> str:
    """Return what the rules say of a choice, from either side."""
    needed = (
        f"needs `{other}={_either(allowed)}`: {rule.because}"
        for rule in guard.rules()
        if rule.when == {name: choice}
        for other, allowed in rule.needs.items()
    )
    barred = (
        f"not with `{other}={shown(value)}`: {rule.because}"
        for rule in guard.rules()
        for other, value in rule.when.items()
        if choice not in rule.needs.get(name, [choice])
    )
    return "; ".join([*needed, *barred])


def _installed(name: str, choice: Any) -> str:
    """Return the packages of a choice, by framework where they differ."""
    frameworks = guard.asked()["framework"]
    by_framework = {
        framework: _packages(name, choice, framework)
        for framework in ([choice] if name == "framework" else guard.choices(frameworks))
    }
    found = {framework: packages for framework, packages in by_framework.items() if packages}
    if len(set(found.values())) == 1 and len(found) == len(by_framework):
        return next(iter(found.values()))
    return "; ".join(f"{framework}: {packages}" for framework, packages in found.items())


def _packages(name: str, choice: Any, framework: str) -> str:
    """Return what a project of the framework installs because of the choice."""
    if guard.conflicts(_answers(name, choice, framework)):
        return ""
    flags = _due_to(name, choice, framework)
    rows = [TABLE[layer].get(flag, {}) for layer in ("every", framework) for flag in flags]
    return ", ".join([*_names(rows, "runtime"), *(f"[{one}]" for one in _names(rows, "dev"))])


def _due_to(name: str, choice: Any, framework: str) -> set[str]:
    """Return the flags that are on with the choice, and off with each other answer.

    An answer that has all flags of the choice and some more is not another one, but the same
    with something on top.
    """
    on = _flags(_answers(name, choice, framework))
    if name == "framework":
        usual = guard.defaults({"framework": choice})
        rest = (_due_to(other, usual[other], choice) for other in deciding() if other != name)
        return {"always"} | on.difference(*rest)
    others = [other for other in guard.choices(guard.asked()[name]) if other != choice] or [None]
    flags = [_flags(_answers(name, other, framework)) for other in others]
    return on.difference(*([found for found in flags if not on <= found] or flags))


def _answers(name: str, choice: Any, framework: str) -> dict[str, Any]:
    return {"framework": framework, name: answer(name, choice)}


def _flags(answers: Mapping[str, Any]) -> set[str]:
    """Return the computed flags that are on with these answers and the defaults for the rest."""
    known = dict(guard.defaults(answers))
    for name, question in guard.questions().items():
        if name.startswith("use_"):
            rendered = JINJA.from_string(question["default"]).render(known)
            known[name] = rendered == "True"
    return {name for name, value in known.items() if name.startswith("use_") and value}


def _names(rows: Iterable[Row], group: Group) -> list[str]:
    """Return the names and extras of the packages in these rows, without versions."""
    found = (re.split("[<>=;]", entry)[0] for row in rows for entry in row.get(group, ()))
    return [f"`{name}`" for name in sorted(set(found))]


def _either(values: Iterable[object]) -> str:
    return "` or `".join(map(shown, values))
