"""Schemathesis sends a session's cookie as a parameter, and knows of none otherwise."""

import tomllib

from tests.verifier import fuzz
from tests.verifier.conftest import MakeProject


def test_a_cookie_is_a_parameter_beside_what_is_configured(make_project: MakeProject) -> None:
    path = fuzz._configuration(make_project({"x": "x"}), "session=a-b_c")
    shipped = tomllib.loads(fuzz.CONFIGURATION.read_text())
    assert tomllib.loads(path.read_text()) == {"parameters": {"cookie.session": "a-b_c"}, **shipped}


def test_without_a_cookie_the_configuration_is_as_it_is(make_project: MakeProject) -> None:
    assert fuzz._configuration(make_project({"x": "x"}), "") == fuzz.CONFIGURATION
