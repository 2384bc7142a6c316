"""The guard: what the flow accepts, and refusals in one line before anything is written.

It reads the questions and the rules from `questions/`, so that each is stated there alone.
Copier loads this file by its path, the old and the new one in one process during an update:
it imports nothing from its siblings.
"""

import re
import unicodedata
from collections import Counter
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

# Safe either way, and many times as fast where PyYAML was built with libyaml.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Answers that decide the whole layout, which no update can turn into another.
FIXED = ("framework", "profile", "orm")

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
# Texts stand in TOML, YAML, Python and Markdown: refused is what any of them reads as syntax, and
# what is not seen (controls, marks of direction, spaces of odd width, private characters).
REFUSED = (
    r'["\\`${}<>|\u0000-\u001f\u007f-\u00a0\u00ad\u061c\u1680\u180e\u2000-\u200f\u2028-\u202f'
    r"\u205f-\u206f\u3000\ud800-\uf8ff\ufeff\ufff0-\uffff\U000e0000-\U0010ffff]"
)
SLUG = "[a-z][a-z0-9]*(-[a-z0-9]+)*"
EMAIL = r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+"
# A list as the command line gives it: [metrics] or ['metrics', "admin"].
MEMBER = "(?:{0}|'{0}'|\"{0}\")"
LIST = r"\[ *(?:{0}(?: *, *{0})*)? *\]"
WORD = "[A-Za-z0-9_-]+"
REQUIREMENT = re.compile(r'"([a-z][a-z0-9-]*)(?:\[[a-z0-9,]+\])?(?:[<>=]=?)')


class Rule(NamedTuple):
    """Where all of `when` is answered, each question of `needs` must have one of its answers."""

    when: Mapping[str, object]
    needs: Mapping[str, list[object]]
    because: str


class Preset(NamedTuple):
    """Answers that other questions have by default, under the name that a person chooses."""

    label: str
    answers: Mapping[str, Any]


class Score(NamedTuple):
    """Points that an answer gives to frameworks, and what it says of the project."""

    when: Mapping[str, object]
    points: Mapping[str, int]
    because: str


@cache
def questions() -> dict[str, dict[str, Any]]:
    """Return every question's definition by name, in the order asked."""
    flow = (ROOT / "copier.yml").read_text("utf-8")
    found: dict[str, dict[str, Any]] = {}
    for path in re.findall(r"^!include (\S+)$", flow, re.MULTILINE):
        found |= _read(ROOT / path)
    return found


@cache
def asked() -> dict[str, dict[str, Any]]:
    """Return the questions that a person can be asked; the computed ones have no help."""
    left_out = set() if frameworks_compared() else choosing()
    return {
        name: question
        for name, question in questions().items()
        if "help" in question and name not in left_out
    }


@cache
def rules() -> tuple[Rule, ...]:
    """Return what goes with what."""
    return tuple(Rule(**rule) for rule in _data("rules"))


@cache
def presets() -> dict[str, Preset]:
    """Return the presets that are offered: those whose every answer is."""
    every = {name: Preset(**preset) for name, preset in _data("presets").items()}
    return {name: preset for name, preset in every.items() if _is_offered(preset.answers)}


@cache
def scores() -> tuple[Score, ...]:
    """Return what speaks for which framework."""
    return tuple(Score(**score) for score in _data("choosing"))


@cache
def reserved() -> dict[str, str]:
    """Return the slugs that no project can have, and what each of them is otherwise."""
    names = {kind: text.replace("_", "-").split() for kind, text in _data("reserved").items()}
    table = (ROOT / "extensions/requirements.py").read_text("utf-8")
    return {
        **dict.fromkeys(REQUIREMENT.findall(table), "a package that projects depend on"),
        **dict.fromkeys(names["modules"], "a module of Python's standard library"),
        **dict.fromkeys(names["keywords"], "a Python keyword"),
    }


@cache
def retired() -> dict[str, dict[str, Any]]:
    """Return the questions and choices of earlier releases, and what each is called now."""
    return dict(_data("retired"))


def renewed(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return answers of an earlier release under the questions and choices of this one."""
    names = {name: name for name in answers} | retired()["questions"]
    return {
        now: _renewed(now, answers[name])
        for name, now in names.items()
        if now and name in answers and (now == name or now not in answers)
    }


def choosing() -> set[str]:
    """Return the questions that lead to a suggested framework."""
    return {"help_me_choose", *(name for score in scores() for name in score.when)}


def frameworks_compared() -> bool:
    """Return whether all frameworks that `choosing.yml` compares are offered."""
    return all(_is_offered({"framework": name}) for score in scores() for name in score.points)


def choices(question: Mapping[str, Any]) -> list[Any]:
    """Return the values that a question accepts; none means free text."""
    if question["type"] == "bool":
        return [True, False]
    offered = question.get("choices", [])
    if isinstance(offered, str):  # The preset's, which depend on what else is offered.
        return list(presets())
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
    return _text_problem(name, value)


def defaults(given: Mapping[str, object]) -> dict[str, object]:
    """Return answers to all that is asked: these, and the defaults that they lead to."""
    answers: dict[str, object] = {}
    for name in asked():
        default = _first_allowed(name, {**given, **answers})
        answers[name] = given.get(name, default)
    return answers


def suggested(answers: Mapping[str, object]) -> tuple[str, str]:
    """Return the framework that the answers speak for, and why in a line without a full stop."""
    points = Counter(dict.fromkeys(choices(asked()["framework"]), 0))
    speaking = [
        score
        for score in scores()
        if all(_holds(answers.get(name), value) for name, value in score.when.items())
    ]
    for score in speaking:
        points.update(score.points)
    best = max(points, key=points.__getitem__)
    reasons = [score.because for score in speaking if score.points[best]]
    tally = ", ".join(f"{name} {number}" for name, number in points.items())
    return best, f"{best} is suggested ({tally}), as {' and '.join(reasons)}"


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
        *(_unknown(name) for name in data if name not in {*asked(), *retired()["questions"]}),
        *_moved(stored, data),
        *filter(None, (problem(name, value) for name, value in given.items())),
    ]
    refusals = refusals or conflicts(_complete(given, with_defaults=conf["defaults"]))
    if refusals:
        raise UserMessageError(refusals[0])
    return ""


def is_project(conf: Mapping[str, Any]) -> bool:
    """Return whether a project is there already, as where `copier recopy` renders it anew."""
    return Path(conf["dst_path"], conf["answers_file"]).is_file()


@pass_context
def excluded(context: Context, name: str, value: object) -> str:
    """Return why the answers so far rule this one out, or an empty string."""
    broken = conflicts({**_answered(context), name: value})
    return broken[0] if broken else ""


@pass_context
def first_allowed(context: Context, name: str) -> object:
    """Return a question's default: the preset's or suggested answer, or the first choice, of those
    that the answers so far allow."""
    return _first_allowed(name, _answered(context))


@pass_context
def suggestion(context: Context) -> str:
    """Return which framework the answers so far speak for, and why."""
    return suggested({name: context[name] for name in choosing()})[1]


def preset_choices() -> str:
    """Return the presets that are offered as Copier reads choices."""
    return str(yaml.safe_dump([[preset.label, name] for name, preset in presets().items()]))


class Guard(Extension):
    """Gives the questions what they need to refuse an answer."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.globals.update(
            check_input=check_input,
            default_slug=default_slug,
            excluded=excluded,
            first_allowed=first_allowed,
            frameworks_compared=frameworks_compared,
            is_project=is_project,
            preset_choices=preset_choices,
            problem=problem,
            suggestion=suggestion,
        )


def _answered(context: Context) -> dict[str, object]:
    """Return the answers so far; a list that came by `--data` stands there as it was written."""
    return {
        name: _parse(question, context[name]) if question.get("multiselect") else context[name]
        for name, question in asked().items()
        if name in context
    }


def _unknown(name: str) -> str:
    usual = [known for known in asked() if known not in choosing()]
    close = get_close_matches(name, asked(), n=1) or get_close_matches(name, usual, n=1, cutoff=0)
    return f"There is no question {_shown(name)}: did you mean {close[0]}?"


def _moved(stored: Mapping[str, Any], data: Mapping[str, Any]) -> list[str]:
    return [
        f"{name} cannot change from {_shown(stored[name])} to {_shown(data[name])}: "
        "copy a new project instead."
        for name in FIXED
        if name in stored and name in data and stored[name] != data[name]
    ]


def _stored_answers(path: Path) -> dict[str, Any]:
    loaded = yaml.safe_load(path.read_text("utf-8")) if path.is_file() else None
    return renewed(loaded) if isinstance(loaded, dict) else {}


def _renewed(name: str, value: Any) -> Any:
    """Return an answer as it is called now; names of members too, each once."""
    now = retired()["choices"].get(name, {})
    if isinstance(value, list):
        return list(dict.fromkeys(now.get(member, member) for member in value))
    return now.get(value, value)


def _complete(given: Mapping[str, Any], *, with_defaults: bool) -> dict[str, object]:
    answers = {name: _parse(asked()[name], value) for name, value in given.items()}
    if not with_defaults:
        return answers
    # A framework that was asked for by its preset's name is never replaced without a word.
    if "framework" not in answers and "preset" in answers and not answers.get("help_me_choose"):
        answers = {**_preset(answers, "framework"), **answers}
    return defaults(answers)


def _first_allowed(name: str, answers: Mapping[str, object]) -> object:
    question = asked()[name]
    if not isinstance(question["default"], str) or not choices(question):
        return question["default"]
    others = {key: value for key, value in answers.items() if key != name}
    broken = conflicts(others)
    preferred = list(_preset(answers, name).values())
    if question.get("multiselect"):
        members = preferred[0] if preferred else []
        return [member for member in members if conflicts({**others, name: [member]}) == broken]
    if name == "framework" and answers.get("help_me_choose"):
        preferred = [suggested(answers)[0]]
    ranked = [*preferred, *choices(question)]
    allowed = [value for value in ranked if conflicts({**others, name: value}) == broken]
    return (allowed or ranked)[0]


def _preset(answers: Mapping[str, object], name: str) -> dict[str, Any]:
    """Return what the chosen preset answers to a question by its name, if it does."""
    chosen = presets().get(str(answers.get("preset")), presets()["custom"])
    both = {**presets()["custom"].answers, **chosen.answers}
    return {key: value for key, value in both.items() if key == name}


def _is_offered(answers: Mapping[str, Any]) -> bool:
    return all(
        name in questions() and member in choices(questions()[name])
        for name, value in answers.items()
        for member in (value if isinstance(value, list) else [value])
    )


def _data(name: str) -> Any:
    return _read(ROOT / f"questions/{name}.yml")


def _read(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), LOADER)  # noqa: S506


def _parse(question: Mapping[str, Any], value: object) -> object:
    if question.get("multiselect") and isinstance(value, str):
        members = LIST.format(MEMBER.format(WORD))
        return re.findall(WORD, value) if re.fullmatch(members, value) else value
    if question["type"] == "bool" and not isinstance(value, bool):
        return BOOLEANS.get(value.lower(), value) if isinstance(value, str) else str(value)
    return value if isinstance(value, bool | list) else str(value)


def _list_problem(name: str, value: object, offered: Collection[Any]) -> str:
    if not isinstance(value, list):
        return f"{name}={_shown(value)} is not a list: write [{', '.join(offered)}]."
    for member in value:
        if member not in offered:
            return f"{name} has no choice {_shown(member)}: choose among {', '.join(offered)}."
    return ""


def _text_problem(name: str, text: object) -> str:
    if not isinstance(text, str):
        return f"{name}={_shown(text)} is not text: put it in quotes."
    if not text.strip():
        return f"{name} is empty."
    if len(text) > LENGTHS[name]:
        return f"{name} has {len(text)} characters: {LENGTHS[name]} is the most."
    if name == "project_slug":
        return _slug_problem(text)
    if name == "author_email" and not re.fullmatch(EMAIL, text):
        return f"author_email={_shown(text)} is not an e-mail address."
    if text != text.strip():
        return f"{name} begins or ends with a space."
    wrong = re.search(REFUSED, text)
    return f"{name} may not contain the character {wrong[0]!a}." if wrong else ""


def _slug_problem(slug: str) -> str:
    if not re.fullmatch(SLUG, slug):
        return (
            f"project_slug={_shown(slug)} is not made of lowercase letters, digits "
            "and single hyphens, a letter first."
        )
    taken = reserved().get(slug)
    return f"project_slug={slug} is {taken}: choose another, such as {slug}-app." if taken else ""


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
