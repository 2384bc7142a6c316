"""The guard's judgements, one by one."""

import keyword
import sys
from pathlib import Path
from typing import Any

import pytest
from copier.errors import UserMessageError
from jinja2 import Environment

from extensions import guard


def check(folder: Path, /, *, with_defaults: bool = True, **data: Any) -> str:
    conf = {"data": data, "dst_path": folder, "defaults": with_defaults}
    return guard.check_input(conf)


@pytest.mark.parametrize("slug", ["todo", "todo-api", "a1", "v2-api", "a" * 50])
def test_slug_accepted(slug: str) -> None:
    assert guard.problem("project_slug", slug) == ""


@pytest.mark.parametrize(
    "slug",
    [
        *("", "Todo", "todo_api", "1st", "-a", "a-", "a--b", "a b", "naïve", "a\n", "a" * 51),
        *("import", "match", "json", "http", "unittest", "asyncore", "sre-compile"),
        *("fastapi", "redis", "pydantic-settings", "granian"),
    ],
)
def test_slug_refused(slug: str) -> None:
    assert "\n" not in guard.problem("project_slug", slug)
    assert guard.problem("project_slug", slug)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Todo API", "todo-api"),
        ("Été à la mer", "ete-a-la-mer"),
        ("JSON", "json-app"),
        ("Import", "import-app"),
        ("任务", "my-app"),
        ("42", "my-app"),
        ("3rd try", "rd-try"),
        ("x" * 80, "x" * 46),
        ("FastAPI", "fastapi-app"),
    ],
)
def test_default_slug_is_always_accepted(name: str, slug: str) -> None:
    assert guard.default_slug(name) == slug
    assert guard.problem("project_slug", slug) == ""


@pytest.mark.parametrize(
    "name", ["", "  ", " a", "a\nb", 'say "hi"', "a\\b", "{{ x }}", "$HOME", "a\x00", "a\u2028b"]
)
def test_text_refused(name: str) -> None:
    refusal = guard.problem("project_name", name)
    assert refusal
    assert len(refusal.splitlines()) == 1


@pytest.mark.parametrize("name", ["Todo API", "O'Neill & Søn: Tasks #1", "任务", "a" * 80])
def test_text_accepted(name: str) -> None:
    assert guard.problem("project_name", name) == ""


@pytest.mark.parametrize("address", ["a", "a@b", "a b@example.com", "a@example.com\n", "@b.c"])
def test_address_refused(address: str) -> None:
    assert guard.problem("author_email", address)


@pytest.mark.parametrize("name", list(guard.asked()))
def test_missing_value_refused(name: str, tmp_path: Path) -> None:
    with pytest.raises(UserMessageError, match="has no value"):
        guard.check_input({"data": {name: None}, "dst_path": tmp_path, "defaults": True})


def test_numbers_of_a_data_file_are_read_as_text(tmp_path: Path) -> None:
    assert check(tmp_path, python_version=3.11) == ""
    with pytest.raises(UserMessageError, match=r"python_version='3\.1' is not offered"):
        check(tmp_path, python_version=3.1)


def test_stored_answer_that_is_gone_is_refused(tmp_path: Path) -> None:
    (tmp_path / ".copier-answers.yml").write_text("database: oracle\nold_question: 1\n")
    with pytest.raises(UserMessageError, match="database='oracle' is not offered"):
        check(tmp_path)
    assert check(tmp_path, database="sqlite") == ""


def test_retired_question_is_accepted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        guard, "retired", lambda: {"questions": {"use_docker": "container"}, "choices": {}}
    )
    assert check(tmp_path, use_docker=True) == ""


def test_answers_of_an_earlier_release_are_renewed(monkeypatch: pytest.MonkeyPatch) -> None:
    retired = {
        "questions": {"use_docker": "container", "colour": None},
        "choices": {"server": {"granian2": "granian"}, "features": {"prometheus": "metrics"}},
    }
    monkeypatch.setattr(guard, "retired", lambda: retired)
    stored = {"use_docker": True, "colour": "red", "server": "granian2", "_commit": "v1"}
    assert guard.renewed(stored) == {"container": True, "server": "granian", "_commit": "v1"}
    both = {"container": False, "use_docker": True, "features": ["prometheus", "metrics"]}
    assert guard.renewed(both) == {"container": False, "features": ["metrics"]}


def test_stored_answer_of_an_earlier_release_is_understood(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".copier-answers.yml").write_text("server: granian2\n")
    with pytest.raises(UserMessageError, match="granian2"):
        check(tmp_path)
    retired = {"questions": {}, "choices": {"server": {"granian2": "granian"}}}
    monkeypatch.setattr(guard, "retired", lambda: retired)
    assert check(tmp_path) == ""


def test_rule_is_judged_on_defaults_only_where_they_stand(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rules = (
        guard.Rule({"features": "metrics"}, {"container": [False]}, "a reason"),
        guard.Rule({"ci": "none"}, {"container": [True]}, "another"),
    )
    monkeypatch.setattr(guard, "rules", lambda: rules)
    assert check(tmp_path, features="[metrics]") == ""
    assert check(tmp_path, with_defaults=False, features=["metrics"], ci="none") == ""
    with pytest.raises(UserMessageError) as refused:
        check(tmp_path, features="[metrics]", ci="none")
    assert str(refused.value) == "features=metrics needs container=false, not true: a reason."


@pytest.mark.parametrize("value", [1, 1.0, [True], {"a": 1}])
def test_booleans_are_no_numbers(value: object) -> None:
    assert guard.problem("container", value)


@pytest.mark.parametrize("value", [42, True, ["a"], {}])
def test_text_is_no_other_type(value: object) -> None:
    assert guard.problem("description", value).endswith("is not text: put it in quotes.")


def test_reserved_names_are_those_of_this_python_and_others() -> None:
    modules = {name for name in sys.stdlib_module_names if name.islower()}
    names = {*modules, *keyword.kwlist, *keyword.softkwlist}
    slugs = {name.replace("_", "-") for name in names if not name.startswith("_")}
    assert {slug for slug in slugs if not guard.problem("project_slug", slug)} == set()


def test_default_is_the_first_choice_that_rules_allow(monkeypatch: pytest.MonkeyPatch) -> None:
    rule = guard.Rule({"features": "metrics"}, {"server": ["uvicorn"]}, "a reason")
    monkeypatch.setattr(guard, "rules", lambda: (rule,))
    assert guard.defaults({})["server"] == "granian"
    assert guard.defaults({"features": ["metrics"]})["server"] == "uvicorn"
    assert guard.defaults({"features": ["metrics"], "server": "granian"})["server"] == "granian"


def test_a_rule_can_demand_a_member_of_a_list(tmp_path: Path) -> None:
    assert check(tmp_path, auth="oauth2", oauth_providers="[github]") == ""
    with pytest.raises(UserMessageError) as refused:
        check(tmp_path, auth="oauth2", oauth_providers="[]")
    assert str(refused.value) == (
        "auth=oauth2 needs oauth_providers=google or github, not []: "
        "logging in with an account elsewhere takes a provider."
    )


def test_a_list_by_data_is_read_as_one_in_the_flow() -> None:
    found = {"auth": "oauth2", "oauth_providers": "[github]"}
    context = Environment(autoescape=True).from_string("").new_context(found)
    assert guard.excluded(context, "framework", "fastapi") == ""
    assert guard.first_allowed(context, "framework") == "fastapi"
