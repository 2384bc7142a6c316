"""Schemathesis sends a session's cookie as a parameter, and knows of none otherwise."""

import tomllib
from dataclasses import replace

import pytest

from tests.verifier import fuzz
from tests.verifier.conftest import MakeProject
from tests.verifier.project import Project


def test_a_cookie_is_a_parameter_beside_what_is_configured(make_project: MakeProject) -> None:
    path = fuzz._configuration(make_project({"x": "x"}), "session=a-b_c")
    shipped = tomllib.loads(fuzz.CONFIGURATION.read_text())
    assert tomllib.loads(path.read_text()) == {"parameters": {"cookie.session": "a-b_c"}, **shipped}


def test_without_a_cookie_the_configuration_is_as_it_is(make_project: MakeProject) -> None:
    assert fuzz._configuration(make_project({"x": "x"}), "") == fuzz.CONFIGURATION


@pytest.mark.parametrize(
    ("thorough", "examples"), [(True, fuzz.EXAMPLES), (False, fuzz.FEW_EXAMPLES)]
)
def test_a_row_with_a_name_of_its_own_is_sent_more_requests(
    make_project: MakeProject, monkeypatch: pytest.MonkeyPatch, *, thorough: bool, examples: str
) -> None:
    commands: list[tuple[str, ...]] = []

    def run(_project: Project, *command: str, **_options: object) -> str:
        commands.append(command)
        return ""

    monkeypatch.setattr(Project, "run", run)
    project = replace(make_project({"x": "x"}, profile="minimal"), thorough=thorough)
    fuzz._schemathesis(project, fuzz.Caller("as nobody", "http://127.0.0.1:1"))
    [command] = commands
    assert f"--max-examples={examples}" in command
