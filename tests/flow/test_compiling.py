"""Compiling each text of the template once."""

from typing import ClassVar

from jinja2 import Environment
from jinja2.ext import Extension

from extensions.compiling import CompileOnce


class Noting(Extension):
    """Notes each text that is about to be parsed."""

    texts: ClassVar[list[str]] = []

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        self.texts.append(source)
        return source


def test_a_text_is_parsed_once_and_rendered_each_time() -> None:
    environment = Environment(extensions=[Noting, CompileOnce], autoescape=True)
    rendered = [environment.from_string("{{ name }}").render(name=name) for name in ("a", "b")]
    assert rendered == ["a", "b"]
    assert Noting.texts == ["{{ name }}"]
