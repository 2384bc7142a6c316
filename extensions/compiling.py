"""Compiling a text of the template once, however often renderings come across it.

Copier compiles each part of each path and each default anew: a folder's name for every file in it.
An update renders three times, each time from a clone of its own.
"""

from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import CodeType

from jinja2 import Environment
from jinja2.ext import Extension


class CompileOnce(Extension):
    """Keeps what environments compile, by its source and name, as long as their lexer lives.

    An environment keeps the templates that it made of strings, too.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.compile = _kept(environment)  # type: ignore[assignment]
        environment.from_string = cache(environment.from_string)  # type: ignore[assignment]


def _kept(environment: Environment) -> Callable[..., CodeType]:
    # Jinja gives the same lexer to all environments that read by the same rules; each clone's copy
    # of this file is a module of its own.
    compiled = environment.compile
    versions = vars(environment.lexer).setdefault("compiled", {})
    known: dict[tuple[str, str | None], CodeType] = versions.setdefault(_version(), {})

    def look_up(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        if (source, name) not in known:
            known[source, name] = compiled(source, name, filename)
        return known[source, name]

    return look_up


def _version() -> tuple[bytes, ...]:
    """Return what tells the extensions of one version of the suite from those of another."""
    return tuple(path.read_bytes() for path in sorted(Path(__file__).parent.glob("*.py")))
