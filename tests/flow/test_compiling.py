"""Compiling each text of the template once."""

from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import ClassVar

from jinja2 import Environment
from jinja2.ext import Extension

from extensions import compiling
from extensions.compiling import CompileOnce


class Noting(Extension):
    """Notes each text that is about to be parsed."""

    texts: ClassVar[list[str]] = []

    def preprocess(self, source: str, _name: str | None, _filename: str | None = None) -> str:
        self.texts.append(source)
        return source


def loaded(path: Path) -> ModuleType:
    """Return the module as Copier loads it: anew from each clone."""
    spec = spec_from_file_location("compiling_of_a_clone", path)
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_a_text_is_parsed_once_and_rendered_each_time() -> None:
    environment = Environment(extensions=[Noting, CompileOnce], autoescape=True)
    first, again = (environment.from_string("{{ name }}") for _ in range(2))
    assert [first.render(name="a"), again.render(name="b")] == ["a", "b"]
    assert first is again
    assert Noting.texts == ["{{ name }}"]


def test_what_one_clone_compiled_another_takes() -> None:
    other = loaded(Path(compiling.__file__))
    text = "{{ name }} in another clone"
    for extension in (CompileOnce, other.CompileOnce):
        environment = Environment(extensions=[Noting, extension], autoescape=True)
        assert environment.from_string(text).render(name="a") == "a in another clone"
    assert Noting.texts.count(text) == 1


def test_another_version_of_the_suite_compiles_for_itself(tmp_path: Path) -> None:
    copy = tmp_path / "compiling.py"
    copy.write_text(Path(compiling.__file__).read_text() + "# A later version.\n")
    other = loaded(copy)
    text = "{{ name }} in another version"
    for extension in (CompileOnce, other.CompileOnce):
        Environment(extensions=[Noting, extension], autoescape=True).from_string(text)
    assert Noting.texts.count(text) == 2
