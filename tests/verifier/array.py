"""The combinations to prove: a pairwise covering array, named rows beside it, and random ones."""

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from itertools import combinations, product
from math import prod
from typing import Any, NamedTuple

from extensions import guard
from schema.rules import Clause, clauses, derived

# Awkward but valid texts, one for each free-text question.
TEXTS = {
    "project_name": "L'été & co: # a 'todo' list",
    "project_slug": "a2-b-c3",
    "description": "100 % of it, isn't it: [a] & #b; ünïcode, too.",
    "author_name": "O'Brian, Zoë (et al.)",
    "author_email": "first.last+tag@sub.example.org",
}
NOTHING = (False, "none")
# Whose text stands in its own file whatever else is chosen: a template frames it, nothing reads it.
APART = {"license"}
RANDOM = "random-"
# The order of pairs that packs into the fewest rows, of the first hundred that were tried.
ORDER = 2

Pair = tuple[tuple[str, Any], tuple[str, Any]]


class Row(NamedTuple):
    """One combination: its name, and the answers that differ from nothing being asked.

    A row of the array is not `thorough`: what costs most is measured in it more coarsely.
    """

    name: str
    answers: dict[str, Any]
    thorough: bool = True


def deciding() -> dict[str, dict[str, Any]]:
    """Return the questions that decide what is rendered, not just what others have by default."""
    guiding = {"preset", *guard.choosing()}
    return {name: question for name, question in guard.asked().items() if name not in guiding}


def factors() -> dict[str, list[Any]]:
    """Return what varies and its values; each choice of a list is a switch `question:choice`."""
    found: dict[str, list[Any]] = {}
    for name, question in deciding().items():
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


def levels_of(answers: Mapping[str, Any]) -> dict[str, Any]:
    """Return the levels of the factors that these answers, and the defaults of the rest, have."""
    given: dict[str, Any] = guard.defaults(answers)
    levels: dict[str, Any] = {}
    for factor, offered in factors().items():
        name, _, choice = factor.partition(":")
        value = choice in given[name] if choice else given[name]
        levels[factor] = value if value in offered else None
    return levels


def possible(levels: Mapping[str, Any]) -> bool:
    """Return whether the rules of the flow allow these levels together, and a level of the rest."""
    answers = answers_of(levels)
    for name in open_lists(levels):
        answers.pop(name, None)
    return not guard.conflicts(answers) and not any(
        all(levels.get(factor) in values for factor, values in clause) for clause in dead_ends()
    )


def open_lists(levels: Mapping[str, Any]) -> set[str]:
    """Return the lists that have no member so far, and may still have one."""
    members: dict[str, list[Any]] = {}
    for factor in factors():
        name, _, choice = factor.partition(":")
        if choice:
            members.setdefault(name, []).append(levels.get(factor))
    return {name for name, chosen in members.items() if None in chosen and True not in chosen}


@cache
def dead_ends() -> set[Clause]:
    """Return what the rules forbid together, as no choice would be left for some other question."""
    single = {name: question for name, question in deciding().items() if guard.choices(question)}
    values = {
        name: guard.choices(question)
        for name, question in single.items()
        if not question.get("multiselect")
    }
    return derived(clauses(guard.rules(), values), values)


def pairs() -> Iterator[Pair]:
    """Yield each pair of levels of two factors that some combination allowed by the rules has.

    What stands apart is paired with the framework alone.
    """
    for (one, ones), (other, others) in combinations(factors().items(), 2):
        if APART & {one, other} and "framework" not in {one, other}:
            continue
        for left, right in product(ones, others):
            if _completed({one: left, other: right}):
                yield (one, left), (other, right)


@cache
def covering() -> list[dict[str, Any]]:
    """Return levels such that each possible pair occurs together in them or in a fixed row."""
    fixed = [levels_of(row.answers) for row in fixed_rows()]
    missing = [pair for pair in pairs() if not any(_holds(levels, *pair) for levels in fixed)]
    random.Random(ORDER).shuffle(missing)  # noqa: S311
    sizes = {name: len(offered) for name, offered in factors().items()}
    return packed(sorted(missing, key=lambda pair: -prod(sizes[name] for name, _ in pair)))


def packed(some: Iterable[Pair]) -> list[dict[str, Any]]:
    """Return few levels that hold these pairs: each joins the first that has room for it."""
    begun: list[dict[str, Any]] = []
    for pair in some:
        for number, levels in enumerate(begun):
            joined = levels | dict(pair)
            if _holds(joined, *levels.items()) and _completed(joined):
                begun[number] = joined
                break
        else:
            begun.append(dict(pair))
    return [_completed(levels) for levels in begun]


def _holds(levels: Mapping[str, Any], *wanted: tuple[str, Any]) -> bool:
    return all(levels[factor] == level for factor, level in wanted)


def _completed(levels: dict[str, Any]) -> dict[str, Any]:
    """Return levels for every factor, these among them, that the rules allow; else nothing."""
    if not possible(levels):
        return {}
    for name, offered in factors().items():
        if name not in levels:
            tried = (_completed({**levels, name: level}) for level in offered)
            return next(filter(None, tried), {})
    return levels


def bare() -> dict[str, Any]:
    """Return answers with everything off, and the last choice where there is no off."""
    return _answered(lambda value: value in NOTHING, lists=False)


def full() -> dict[str, Any]:
    """Return answers with everything on, and the first choice where several could be."""
    return _answered(lambda value: value not in NOTHING, lists=True)


def rows() -> list[Row]:
    """Return every combination to prove, in a fixed order."""
    covered = [
        Row(f"{levels['framework']}-{number:02}", answers_of(levels), thorough=False)
        for number, levels in enumerate(covering(), start=1)
    ]
    return fixed_rows() + covered


def fixed_rows() -> list[Row]:
    """Return the rows that are named for what they are."""
    return [*framework_rows(), Row("bare", bare()), Row("full", full()), *preset_rows()]


def random_row(seed: int, known: Iterable[Row]) -> Row:
    """Return the seed's own combination: one that the rules allow and no known row is."""
    generator = random.Random(seed)  # noqa: S311
    taken = [row.answers for row in known]
    while True:
        levels = {name: generator.choice(offered) for name, offered in factors().items()}
        if possible(levels) and answers_of(levels) not in taken:
            return Row(f"{RANDOM}{seed}", answers_of(levels))


def framework_rows() -> list[Row]:
    """Return one row for each framework, its defaults."""
    offered = guard.choices(guard.asked()["framework"])
    return [
        Row("default" if number == 0 else f"{name}-default", {"framework": name})
        for number, name in enumerate(offered)
    ]


def preset_rows() -> list[Row]:
    """Return one row for each preset that is offered, which is all that it answers."""
    return [Row(name, {"preset": name}) for name in guard.presets()]


def _answered(prefer: Callable[[object], bool], *, lists: bool) -> dict[str, Any]:
    """Return allowed answers to every choice, preferred ones if any, all of a list or nothing."""
    answers: dict[str, Any] = {}
    for name, question in deciding().items():
        offered = guard.choices(question)
        if question.get("multiselect"):
            answers[name] = [
                choice
                for choice in offered
                if lists and possible({**answers, f"{name}:{choice}": True})
            ]
        elif offered:
            ranked = sorted(offered if lists else offered[::-1], key=prefer, reverse=True)
            answers[name] = next(v for v in ranked if possible({**answers, name: v}))
    return answers
