"""Compiling a text of the template once, however often a rendering comes across it.

Copier compiles each part of each path and each default anew: a folder's name for every file in it.
"""

from functools import cache

from jinja2 import Environment
from jinja2.ext import Extension


class CompileOnce(Extension):
    """Keeps what an environment compiles, by its source, name and file, as long as it lives."""

    def __init__(self, environment: Environment) -> None:
        super().__init__(environment)
        environment.compile = cache(environment.compile)  # type: ignore[assignment]
