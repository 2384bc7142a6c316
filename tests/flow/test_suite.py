"""What holds of the suite's own files."""

import ast
import re
from pathlib import Path

import pytest
import yaml

from extensions import guard

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = sorted(ROOT.glob("template-*"))
JINJA = re.compile(r"\{%.*?%\}|\{\{.*?\}\}")
READING_ONLY = {
    *("collections", "difflib", "functools", "pathlib", "re", "typing"),
    *("types", "unicodedata", "copier", "jinja2", "yaml"),
}
WRITING = {
    *("open", "exec", "eval", "compile", "__import__", "write_text", "write_bytes", "touch"),
    *("mkdir", "rmdir", "unlink", "rename", "replace_with", "symlink_to", "chmod", "modules"),
}


def source_files() -> list[Path]:
    """Return every file that a checkout of the suite renders from."""
    folders = [*TEMPLATES, ROOT / "shared", ROOT / "questions", ROOT / "extensions"]
    return [path for folder in folders for path in folder.rglob("*") if not path.is_dir()]


def test_line_endings_are_fixed() -> None:
    assert (ROOT / ".gitattributes").read_text().splitlines()[0] == "* text=auto eol=lf"


def test_file_names_are_portable() -> None:
    names = {str(path.relative_to(ROOT)): JINJA.sub("", path.name) for path in source_files()}
    assert [path for path, name in names.items() if set(name) & set('<>:"|?*\\')] == []


def test_folders_on_conditions_close_them() -> None:
    for path in source_files():
        for part in path.relative_to(ROOT).parts:
            assert part.count("{% if ") == part.count("{% endif %}"), path


def test_every_file_of_questions_is_included_once() -> None:
    included = re.findall(r"^!include (\S+)$", (ROOT / "copier.yml").read_text(), re.MULTILINE)
    files = [f"questions/{path.name}" for path in ROOT.glob("questions/*.yml")]
    data = {
        f"questions/{name}.yml" for name in ("rules", "presets", "choosing", "reserved", "retired")
    }
    assert sorted(included) == sorted(set(files) - data)


def test_the_guard_is_asked_first() -> None:
    assert next(iter(guard.questions())) == "input_check"


@pytest.mark.parametrize(("name", "question"), list(guard.asked().items()))
def test_question_explains_itself(name: str, question: dict[str, object]) -> None:
    assert question["help"]
    if name in guard.choosing():
        assert question["default"] in guard.choices(question)
    elif guard.choices(question):
        assert question["default"] == f"{{{{ first_allowed('{name}') }}}}"
    else:
        assert question["validator"] == f"{{{{ problem('{name}', {name}) }}}}"
        assert name in guard.LENGTHS


def test_rules_name_questions_and_choices() -> None:
    for rule in guard.rules():
        sides = {name: [value] for name, value in rule.when.items()} | dict(rule.needs)
        for name, values in sides.items():
            assert set(values) <= set(guard.choices(guard.asked()[name]))


def test_readme_names_every_option_and_rule() -> None:
    readme = (ROOT / "README.md").read_text()
    for name, question in guard.asked().items():
        if name in guard.choosing() - {"help_me_choose"}:
            continue  # They stand in docs/choosing-a-framework.md.
        row = next(line for line in readme.splitlines() if line.startswith(f"| `{name}` |"))
        if offered := guard.choices(question):
            words = {yaml.safe_dump(value).split("\n")[0].strip("'") for value in offered}
            assert set(re.findall("`(.+?)`", row.split(" | ")[1])) == words, name
    for rule in guard.rules():
        assert rule.because in readme


def test_readme_has_the_presets_that_are_offered() -> None:
    readme = (ROOT / "README.md").read_text()
    section = readme.partition("\n## Presets\n")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", section, re.MULTILINE) == list(guard.presets())


@pytest.mark.parametrize("path", sorted(ROOT.glob("extensions/*.py")), ids=lambda path: path.name)
def test_extensions_only_read_files(path: Path) -> None:
    tree = ast.parse(path.read_text())
    nodes = list(ast.walk(tree))
    imported = {
        alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names
    }
    imported |= {str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} <= READING_ONLY
    used = {node.id for node in nodes if isinstance(node, ast.Name)}
    # What modules and objects call `compile` is not Python's own.
    used |= {node.attr for node in nodes if isinstance(node, ast.Attribute)} - {"compile"}
    assert not used & WRITING
