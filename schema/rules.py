"""What rules forbid beyond their letter, where defaults have to fill what was not answered.

A clause forbids answers: it names sets of values, and no answers may be in all of them at once. A
member of a list is named `question:member`, and its value is True; False where it is missing.
"""

from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from typing import Any

Clause = frozenset[tuple[str, frozenset[Any]]]


def clauses(rules: Iterable[Any], values: Mapping[str, list[Any]]) -> set[Clause]:
    """Return what the rules forbid by their letter; `values` has every question but lists."""
    return {
        _clause({**_literals(rule.when, values), **_others(name, allowed, values)})
        for rule in rules
        for name, allowed in rule.needs.items()
    }


def derived(clauses: set[Clause], values: Mapping[str, list[Any]]) -> set[Clause]:
    """Return what is forbidden as well, since no value would be left for some other question.

    Clauses are resolved with each other until nothing new comes of it. One that forbids no more
    than another is dropped at once, as all that would come of it comes of the other: without that
    their number grows beyond bounds with the rules.
    """
    known, fresh, found = set(clauses), set(clauses), set[Clause]()
    while fresh:
        made = {
            (resolvent, name not in dict(resolvent))
            for one in fresh
            for other in known
            for name in dict(one).keys() & dict(other).keys() & values.keys()
            for resolvent in _resolved(one, other, name, frozenset(values[name]))
        }
        fresh = _widest({clause for clause, _ in made}, known)
        known = _widest(known, fresh) | fresh
        found |= {clause for clause, closed in made if closed and clause in fresh}
    return needed(found - clauses, clauses)


def needed(found: set[Clause], others: set[Clause]) -> set[Clause]:
    """Return those found that forbid something which the rest of them and the others do not."""
    kept = set(found)
    for clause in sorted(found, key=lambda one: (-len(one), sorted(map(_written, one)))):
        if _is_covered(clause, (kept - {clause}) | others):
            kept.remove(clause)
    return kept


def _others(
    name: str, allowed: list[Any], values: Mapping[str, list[Any]]
) -> dict[str, frozenset[Any]]:
    """Return what is not allowed: every other value, or a list without any of these members."""
    if name in values:
        return {name: frozenset(values[name]) - set(allowed)}
    return {f"{name}:{member}": frozenset([False]) for member in allowed}


def _clause(named: Mapping[str, frozenset[Any]]) -> Clause:
    return frozenset(named.items())


def _literals(
    answers: Mapping[str, Any], values: Mapping[str, list[Any]]
) -> dict[str, frozenset[Any]]:
    return {
        name if name in values else f"{name}:{value}": frozenset(
            [value if name in values else True]
        )
        for name, value in answers.items()
    }


def _resolved(one: Clause, other: Clause, name: str, offered: frozenset[Any]) -> Iterator[Clause]:
    """Yield what both clauses forbid together whichever of their values the question has."""
    left, right = dict(one), dict(other)
    both = left[name] | right[name]
    merged = {
        key: left.get(key, right.get(key, frozenset())) & right.get(key, left.get(key, frozenset()))
        for key in left.keys() | right.keys()
        if key != name
    }
    if both in (left[name], right[name]) or not all(merged.values()):
        return
    yield _clause(merged if both == offered else {**merged, name: both})


def _widest(found: set[Clause], others: set[Clause]) -> set[Clause]:
    """Return those found that no other, found or given, forbids the whole of."""
    kept: list[Clause] = []
    for clause in sorted(found, key=_breadth):
        if clause not in others and not any(_forbids(other, clause) for other in (*kept, *others)):
            kept.append(clause)
    return set(kept)


def _breadth(clause: Clause) -> tuple[int, int]:
    """Return what puts a clause before all that forbid a part of what it forbids."""
    return len(clause), -sum(len(values) for _, values in clause)


def _forbids(wide: Clause, narrow: Clause) -> bool:
    """Return whether one clause forbids all that another does."""
    theirs = dict(narrow)
    return all(name in theirs and theirs[name] <= values for name, values in wide)


def _is_covered(clause: Clause, others: set[Clause]) -> bool:
    """Return whether each of the answers that the clause forbids is forbidden by another one."""
    names, values = [name for name, _ in clause], [values for _, values in clause]
    points = (dict(zip(names, point, strict=True)) for point in product(*values))
    return all(
        any(all(point.get(name) in allowed for name, allowed in other) for other in others)
        for point in points
    )


def _written(literal: tuple[str, frozenset[Any]]) -> str:
    return f"{literal[0]}={sorted(map(str, literal[1]))}"
