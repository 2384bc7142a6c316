"""The combinations to prove: a pairwise covering array, and three rows beside it."""

from collections.abc import Iterator, Mapping
from itertools import combinations, product
from typing import Any, NamedTuple

from allpairspy import AllPairs

from extensions import guard

# Awkward but valid texts, one for each free-text question.
TEXTS = {
    "project_name": "L'été & co: # a 'todo' list",
    "project_slug": "a2-b-c3",
    "description": "100 % of it, isn't it: [a] & #b; ünïcode, too.",
    "author_name": "O'Brian, Zoë (et al.)",
    "author_email": "first.last+tag@sub.example.org",
}
NOTHING = (False, "none")

Pair = tuple[tuple[str, Any], tuple[str, Any]]


class Row(NamedTuple):
    """One combination: its name, and the answers that differ from nothing being asked."""

    name: str
    answers: dict[str, Any]


def factors() -> dict[str, list[Any]]:
    """Return what varies and its values; each choice of a list is a switch `question:choice`."""
    found: dict[str, list[Any]] = {}
    for name, question in guard.asked().items():
        if question.get("multiselect"):
            found |= {f"{name}:{choice}": [False, True] for choice in guard.choices(question)}
        elif offered := guard.choices(question):
            found[name] = offered
        else:
            found[name] = [None, TEXTS[name]]
    return found


def answers_of(levels: Mapping[str, Any]) -> dict[str, Any]:
    """Return the answers that these levels of the factors stand for."""
    answers: dict[str, Any] = {}
    for factor, level in levels.items():
        name, _, choice = factor.partition(":")
        if choice:
            answers.setdefault(name, [])
            answers[name] += [choice] if level else []
        elif level is not None:
            answers[name] = level
    return answers


def possible(levels: Mapping[str, Any]) -> bool:
    """Return whether the rules of the flow allow these levels together."""
    return not guard.conflicts(answers_of(levels))


def pairs() -> Iterator[Pair]:
    """Yield each pair of levels of two factors that the rules allow."""
    for (one, ones), (other, others) in combinations(factors().items(), 2):
        for left, right in product(ones, others):
            if possible({one: left, other: right}):
                yield (one, left), (other, right)


def covering() -> list[dict[str, Any]]:
    """Return levels such that each possible pair occurs together in one of them."""
    by_size = sorted(factors().items(), key=lambda item: -len(item[1]))
    names = [name for name, _ in by_size]
    found = [
        dict(zip(names, values, strict=True))
        for values in AllPairs(
            [levels for _, levels in by_size],
            filter_func=lambda chosen: possible(dict(zip(names, chosen, strict=False))),
        )
    ]
    # Where rules forbid something, AllPairs can end without a pair or two.
    for one, other in pairs():
        if not any(levels[one[0]] == one[1] and levels[other[0]] == other[1] for levels in found):
            found.append(_around(dict((one, other))))
    return found


def _around(levels: dict[str, Any]) -> dict[str, Any]:
    """Return levels for every factor, these among them, the first that the rules allow."""
    for name, offered in factors().items():
        if name not in levels:
            levels[name] = next(v for v in offered if possible({**levels, name: v}))
    return levels


def bare() -> dict[str, Any]:
    """Return answers with everything off, and the last choice where there is no off."""
    return {name: _off(question) for name, question in _choosable().items()}


def full() -> dict[str, Any]:
    """Return answers with everything on, and the first choice where several could be."""
    return {name: _on(question) for name, question in _choosable().items()}


def rows() -> list[Row]:
    """Return every combination to prove, in a fixed order."""
    framework = guard.asked()["framework"]["default"]
    fixed = [
        Row("default", {"framework": framework}),
        Row("bare", bare()),
        Row("full", full()),
    ]
    covered = [
        Row(f"{levels['framework']}-{number:02}", answers_of(levels))
        for number, levels in enumerate(covering(), start=1)
    ]
    return fixed + covered


def framework_rows() -> list[Row]:
    """Return one row for each framework, its defaults."""
    offered = guard.choices(guard.asked()["framework"])
    default = guard.asked()["framework"]["default"]
    return [
        Row("default" if name == default else f"{name}-default", {"framework": name})
        for name in offered
    ]


def _choosable() -> dict[str, dict[str, Any]]:
    return {
        name: question
        for name, question in guard.asked().items()
        if guard.choices(question) and name != "framework"
    } | {"framework": {"type": "str", "choices": [guard.asked()["framework"]["default"]]}}


def _off(question: Mapping[str, Any]) -> object:
    offered = guard.choices(question)
    if question.get("multiselect"):
        return []
    return next((value for value in offered if value in NOTHING), offered[-1])


def _on(question: Mapping[str, Any]) -> object:
    offered = guard.choices(question)
    if question.get("multiselect"):
        return offered
    return next((value for value in offered if value not in NOTHING), offered[0])
