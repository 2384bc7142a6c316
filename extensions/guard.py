"""The guard: what the flow accepts, and refusals in one line before anything is written.

It reads the questions and the rules from `questions/`, so that each is stated there alone.
Copier loads this file by its path, the old and the new one in one process during an update:
it imports nothing from its siblings.
"""

import keyword
import re
import sys
import unicodedata
from collections.abc import Collection, Mapping
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from copier.errors import UserMessageError
from jinja2 import Environment, pass_context
from jinja2.ext import Extension
from jinja2.runtime import Context

ROOT = Path(__file__).resolve().parent.parent

# Questions of earlier releases, which answers files still carry: accepted and ignored.
RETIRED: frozenset[str] = frozenset()

LENGTHS = {
    "project_name": 80,
    "project_slug": 50,
    "description": 200,
    "author_name": 80,
    "author_email": 254,
}
BOOLEANS = {
    "true": True,
    "yes": True,
    "y": True,
    "on": True,
    "1": True,
    "false": False,
    "no": False,
    "n": False,
    "off": False,
    "0": False,
}
# Texts stand in TOML, YAML, Python and Markdown: what any of them reads as syntax is refused.
SYNTAX = frozenset('"\\`${}<>|')
SLUG = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
EMAIL = re.compile(r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+")
REQUIREMENT = re.compile(r'"([a-z][a-z0-9-]*)(?:\[[a-z0-9]+\])?(?:[<>=]=?)')


class Rule(NamedTuple):
    """Where all of `when` is answered, each question of `needs` must have one of its answers."""

    when: Mapping[str, object]
    needs: Mapping[str, list[object]]
    because: str


@cache
def questions(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """Return every question's definition by name, in the order asked."""
    flow = (root / "copier.yml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = {}
    for path in re.findall(r"^!include (\S+)$", flow, re.MULTILINE):
        found |= yaml.safe_load((root / path).read_text("utf-8"))
    return found


def asked(root: Path = ROOT) -> dict[str, dict[str, Any]]:
    """Return the questions that a person answers; the computed ones have no help."""
    return {name: question for name, question in questions(root).items() if "help" in question}


@cache
def rules(root: Path = ROOT) -> tuple[Rule, ...]:
    """Return what goes with what."""
    loaded = yaml.safe_load((root / "questions/rules.yml").read_text("utf-8"))
    return tuple(Rule(**rule) for rule in loaded)


def choices(question: Mapping[str, Any]) -> list[Any]:
    """Return the values that a question accepts; none means free text."""
    if question["type"] == "bool":
        return [True, False]
    offered = question.get("choices", [])
    values = offered.values() if isinstance(offered, dict) else offered
    return [value["value"] if isinstance(value, dict) else value for value in values]


def conflicts(answers: Mapping[str, object]) -> list[str]:
    """Return a line for each rule that is broken, naming both sides; no answer breaks none."""
    return [
        f"{_pairs(rule.when)} needs {name}={_either(allowed)}, "
        f"not {_text(answers[name])}: {rule.because}."
        for rule in rules()
        if all(_holds(answers.get(name), value) for name, value in rule.when.items())
        for name, allowed in rule.needs.items()
        if name in answers and not any(_holds(answers[name], value) for value in allowed)
    ]


def problem(name: str, value: object) -> str:
    """Return what is wrong with an answer, or an empty string."""
    question = asked()[name]
    if value is None:
        return f"{name} has no value."
    if question.get("multiselect"):
        return _list_problem(name, _parse(question, value), choices(question))
    if offered := choices(question):
        if _parse(question, value) in offered:
            return ""
        return f"{name}={_shown(value)} is not offered: choose {_either(offered)}."
    return _text_problem(name, str(value))


def default_slug(project_name: str) -> str:
    """Return a slug that is always accepted, made of the project's name."""
    ascii_name = unicodedata.normalize("NFKD", project_name).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", ascii_name.lower())
    slug = slug[: LENGTHS["project_slug"] - len("-app")].strip("-0123456789")
    return f"{slug or 'my'}-app" if problem("project_slug", slug) else slug


def check_input(conf: Mapping[str, Any]) -> str:
    """Refuse a run whose answers from `--data` or the answers file cannot stand.

    Raises:
        UserMessageError: an answer is unknown, malformed or impossible; its message is one line.
    """
    data: dict[str, Any] = {
        name: value for name, value in conf["data"].items() if not name.startswith("_")
    }
    stored = _stored_answers(Path(conf["dst_path"]) / ".copier-answers.yml")
    given = {name: value for name, value in {**stored, **data}.items() if name in asked()}
    refusals = [
        *(_unknown(name) for name in data if name not in asked() and name not in RETIRED),
        *_moved(stored, data),
        *filter(None, (problem(name, value) for name, value in given.items())),
    ]
    refusals = refusals or conflicts(_complete(given, with_defaults=conf["defaults"]))
    if refusals:
        raise UserMessageError(refusals[0])
    return ""


@pass_context
def excluded(context: Context, name: str, value: object) -> str:
    """Return why the answers so far rule this one out, or an empty string."""
    before = {key: context[key] for key in asked() if key in context and key != name}
    broken = conflicts({**before, name: value})
    return broken[0] if broken else ""


class Guard(Extension):
    """Gives the questions what they need to refuse an answer."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals.update(
            check_input=check_input,
            default_slug=default_slug,
            excluded=excluded,
            problem=problem,
        )


def _unknown(name: str) -> str:
    close = get_close_matches(name, asked(), n=1, cutoff=0)
    return f"There is no question {_shown(name)}: did you mean {close[0]}?"


def _moved(stored: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    if "framework" not in stored or "framework" not in data:
        return []
    old, new = stored["framework"], data["framework"]
    if old == new:
        return []
    return [
        f"framework cannot change from {_shown(old)} to {_shown(new)}: copy a new project instead."
    ]


def _stored_answers(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else None
    return loaded if isinstance(loaded, dict) else {}


def _complete(given: Mapping[str, Any], *, with_defaults: bool) -> dict[str, object]:
    answers = {name: _parse(asked()[name], value) for name, value in given.items()}
    if with_defaults:
        defaults = {name: question["default"] for name, question in asked().items()}
        answers = {**defaults, **answers}
    return answers


def _parse(question: Mapping[str, Any], value: object) -> object:
    if question.get("multiselect") and isinstance(value, str):
        try:
            return yaml.safe_load(value)
        except yaml.YAMLError:
            return value
    if question["type"] == "bool" and not isinstance(value, bool):
        return BOOLEANS.get(str(value).lower(), value)
    return value if isinstance(value, bool | list) else str(value)


def _list_problem(name: str, value: object, offered: Collection[Any]) -> str:
    if not isinstance(value, list):
        return f"{name}={_shown(value)} is not a list: write [{', '.join(offered)}]."
    for member in value:
        if member not in offered:
            return f"{name} has no choice {_shown(member)}: choose among {', '.join(offered)}."
    return ""


def _text_problem(name: str, text: str) -> str:
    if not text.strip():
        return f"{name} is empty."
    if len(text) > LENGTHS[name]:
        return f"{name} has {len(text)} characters: {LENGTHS[name]} is the most."
    if name == "project_slug":
        return _slug_problem(text)
    if name == "author_email" and not EMAIL.fullmatch(text):
        return f"author_email={_shown(text)} is not an e-mail address."
    if text != text.strip():
        return f"{name} begins or ends with a space."
    wrong = [c for c in text if c in SYNTAX or not c.isprintable()]
    return f"{name} may not contain the character {_shown(wrong[0])}." if wrong else ""


def _slug_problem(slug: str) -> str:
    if not SLUG.fullmatch(slug):
        return (
            f"project_slug={_shown(slug)} is not made of lowercase letters, digits "
            "and single hyphens, a letter first."
        )
    module = slug.replace("-", "_")
    if keyword.iskeyword(module) or keyword.issoftkeyword(module):
        taken = "a Python keyword"
    elif module in sys.stdlib_module_names:
        taken = "a module of Python's standard library"
    elif slug in _required_packages():
        taken = "a package that projects depend on"
    else:
        return ""
    return f"project_slug={slug} is {taken}: choose another, such as {slug}-app."


@cache
def _required_packages() -> frozenset[str]:
    table = (ROOT / "extensions/requirements.py").read_text("utf-8")
    return frozenset(REQUIREMENT.findall(table))


def _holds(answer: object, value: object) -> bool:
    return value in answer if isinstance(answer, list) else answer == value


def _pairs(answers: Mapping[str, object]) -> str:
    return " with ".join(f"{name}={_text(value)}" for name, value in answers.items())


def _either(values: Collection[object]) -> str:
    *most, last = map(_text, values)
    return f"{', '.join(most)} or {last}" if most else last


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _shown(value: object) -> str:
    """Return the value as one short line, whatever it holds."""
    text = str(value)
    return repr(text if len(text) <= 60 else f"{text[:57]}...")
