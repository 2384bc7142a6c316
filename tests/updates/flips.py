"""Every change of one answer that a project can make in its life."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from extensions import guard
from tests.verifier.array import deciding

# One project of each template; what a rule excludes there is tried where it can be.
BASES: dict[str, dict[str, Any]] = {
    "fastapi": {"framework": "fastapi"},
    "django": {"framework": "django"},
    "flask": {"framework": "flask"},
    "flask-minimal": {"framework": "flask", "profile": "minimal", "database": "sqlite"},
}
TEXTS = {
    "project_name": "Another name",
    "project_slug": "another-slug",
    "description": "It does something else.",
    "author_name": "Somebody else",
    "author_email": "else@example.org",
}


class Flip(NamedTuple):
    """A change of one answer of a template's project."""

    template: str
    question: str
    value: Any

    @property
    def data(self) -> dict[str, Any]:
        return {self.question: self.value}

    def __str__(self) -> str:
        return f"{self.template}-{self.question}-{self.value}"


def flips() -> Iterator[Flip]:
    """Yield every change that the rules allow."""
    return (flip for flip in _every() if not refusals(flip))


def refused() -> Iterator[Flip]:
    """Yield every change that the rules refuse."""
    return (flip for flip in _every() if refusals(flip))


def refusals(flip: Flip) -> list[str]:
    """Return why a change is refused, if it is."""
    before = guard.defaults(BASES[flip.template])
    fixed = flip.question in guard.FIXED
    moved = f"{flip.question} cannot change from {before[flip.question]!r} to {flip.value!r}"
    return [moved] if fixed else guard.conflicts({**before, **flip.data})


def few() -> list[Flip]:
    """Return each change once, on one template or the other by turns."""
    found: dict[str, list[Flip]] = {}
    for flip in flips():
        found.setdefault(f"{flip.question} {flip.value}", []).append(flip)
    return [some[number % len(some)] for number, some in enumerate(found.values())]


def _every() -> Iterator[Flip]:
    for template, base in BASES.items():
        before = guard.defaults(base)
        for name, question in deciding().items():
            for value in _values(name, question):
                if value != before[name]:
                    yield Flip(template, name, value)


def _values(name: str, question: dict[str, Any]) -> list[Any]:
    choices = guard.choices(question)
    if question.get("multiselect"):
        return [[], *([choice] for choice in choices), *([choices] if len(choices) > 1 else [])]
    return choices or [TEXTS[name]]
