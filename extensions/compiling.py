"""Compiling a text of the template once, however often renderings come across it.

Copier compiles each part of each path and each default anew: a folder's name for every file in it.
An update renders three times, each time from a clone of its own.
"""

import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

from jinja2 import Environment
from jinja2.ext import Extension

# Each clone's copy of this file is a module of its own: what they share stands in one beside them.
SHARED = "trivet_compiled"


class CompileOnce(Extension):
    """Keeps what environments compile, by its source and name, as long as the process lives.

    Environments share what they read by the same rules (`lexer`) and the same extensions.
    """

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.compile = _kept(environment)  # type: ignore[assignment]


def _kept(environment: Environment) -> Callable[..., CodeType]:
    compiled = environment.compile
    shared: Any = sys.modules.setdefault(SHARED, ModuleType(SHARED))
    known: dict[object, CodeType] = shared.__dict__.setdefault(_version(), {})

    def look_up(source: str, name: str | None = None, filename: str | None = None) -> CodeType:
        key = (environment.lexer, source, name)
        if key not in known:
            known[key] = compiled(source, name, filename)
        return known[key]

    return look_up


def _version() -> str:
    """Return what tells the extensions of one version of the suite from those of another."""
    files = sorted(Path(__file__).parent.glob("*.py"))
    return sha256(b"\0".join(path.read_bytes() for path in files)).hexdigest()
