"""Every change of one answer that a project can make in its life."""

from collections.abc import Iterator
from functools import cache
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
    """A change of one answer of a template's project, and of another that rules tie to it."""

    template: str
    question: str
    value: Any
    tied: tuple[tuple[str, Any], ...] = ()

    @property
    def data(self) -> dict[str, Any]:
        return {self.question: self.value, **dict(self.tied)}

    def __str__(self) -> str:
        return f"{self.template}-{self.question}-{self.value}"


def flips() -> Iterator[Flip]:
    """Yield every change that the rules allow, by itself or with one other answer."""
    return (allowed for flip in _every() if (allowed := _allowed(flip)))


def refused() -> Iterator[Flip]:
    """Yield every change that the rules refuse by itself."""
    return (flip for flip in _every() if refusals(flip))


def refusals(flip: Flip) -> list[str]:
    """Return why a change is refused, if it is."""
    before = _before(flip.template)
    moved = [
        f"{name} cannot change from {before[name]!r} to {value!r}"
        for name, value in flip.data.items()
        if name in guard.FIXED
    ]
    return moved or guard.conflicts({**before, **flip.data})


def few() -> list[Flip]:
    """Return each change once, on one template or the other by turns."""
    found: dict[str, list[Flip]] = {}
    for flip in flips():
        found.setdefault(f"{flip.question} {flip.value}", []).append(flip)
    return [some[number % len(some)] for number, some in enumerate(found.values())]


def _every() -> Iterator[Flip]:
    for template in BASES:
        for name, value in _others(template):
            yield Flip(template, name, value)


def _allowed(flip: Flip) -> Flip | None:
    if not refusals(flip):
        return flip
    others = (other for other in _others(flip.template) if other[0] != flip.question)
    tied = (flip._replace(tied=(other,)) for other in others)
    return next((both for both in tied if not refusals(both)), None)


def _others(template: str) -> Iterator[tuple[str, Any]]:
    """Yield each answer that a template's project does not have."""
    before = _before(template)
    for name, question in deciding().items():
        for value in _values(name, question):
            if value != before[name]:
                yield name, value


@cache
def _before(template: str) -> dict[str, Any]:
    return guard.defaults(BASES[template])


def _values(name: str, question: dict[str, Any]) -> list[Any]:
    choices = guard.choices(question)
    if question.get("multiselect"):
        return [[], *([choice] for choice in choices), *([choices] if len(choices) > 1 else [])]
    return choices or [TEXTS[name]]
