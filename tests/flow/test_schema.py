"""schema/answers.schema.json: current, and of one mind with the guard on whatever answers."""

import itertools
import json
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import jsonschema
import pytest
from copier.errors import UserMessageError
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extensions import guard
from schema import answers
from schema.__main__ import FILE, text
from schema.rules import clauses, derived
from tests.verifier import array

NOWHERE = Path("/nonexistent")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-2, 3) | st.floats(0, 4) | st.text(max_size=6),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=3,
)
AWKWARD: tuple[Any, ...] = (
    *(" a", "a ", "a\n", "\n", "", "a\u00a0b", "a\u2028b", "a\u200db", "\U000e0001", "\U0010fffd"),
    *("😀", "任务", 'a"b', "a\\b", "{{ a }}", "a|b", "$a", "x" * 80, "x" * 201, "json", "todo-api"),
    *("fastapi", "sre-compile", "a--b", "a@b.c", "a@b.c\n", "yes", "OFF", "True\n", "1", "0"),
    *("[]", "[metrics]", "[ 'metrics' , metrics ]", "[metrics", "[metrics]\n", "metrics"),
    *(3.11, 3.1, "3.11", True, False, 0, 1, 1.0, None, [], ["metrics"], ["metrics"] * 2, [1]),
)


def refused(flow: ModuleType, given_answers: dict[str, Any]) -> str:
    """Return the guard's refusal of these answers, or nothing."""
    try:
        flow.check_input({"data": given_answers, "dst_path": NOWHERE, "defaults": True})
    except UserMessageError as error:
        return str(error)
    return ""


def some_answers(flow: ModuleType) -> st.SearchStrategy[dict[str, Any]]:
    """Return a strategy of answers, most of them well formed."""

    def value(name: str) -> st.SearchStrategy[Any]:
        question = flow.asked()[name]
        offered = st.sampled_from(flow.choices(question) or [array.TEXTS.get(name, "text")])
        if question.get("multiselect"):
            offered = st.lists(offered, max_size=3)
        elif question["type"] == "bool":
            offered |= st.sampled_from(list(flow.BOOLEANS)).map(str.title)
        return offered | offered | offered | offered | st.sampled_from(AWKWARD) | JSON

    names = st.lists(st.sampled_from(list(flow.asked())), unique=True, max_size=8)
    known = names.flatmap(lambda some: st.fixed_dictionaries({name: value(name) for name in some}))
    unknown = st.dictionaries(st.sampled_from(["_src_path", "databse", "use_uv"]), JSON, max_size=1)
    return st.builds(lambda one, other: one | other, known, st.just({}) | st.just({}) | unknown)


@pytest.fixture
def flow() -> ModuleType:
    """Return the guard, which reads the questions and rules."""
    return guard


@cache
def validator(flow: ModuleType) -> jsonschema.Draft202012Validator:
    """Return the validator of the flow's answers."""
    document = answers.document(flow)
    jsonschema.Draft202012Validator.check_schema(document)
    return jsonschema.Draft202012Validator(document)


def test_file_is_current() -> None:
    assert FILE.read_text("utf-8") == text(), "run make schema"


def test_file_describes_each_question() -> None:
    properties = json.loads(FILE.read_text("utf-8"))["properties"]
    assert list(properties) == [*guard.asked(), *sorted(guard.retired()["questions"])]
    assert all(properties[name]["description"] for name in guard.asked())


def test_both_accept_every_row(flow: ModuleType) -> None:
    judge = validator(flow)
    for row in array.rows():
        assert refused(flow, row.answers) == ""
        assert judge.is_valid(row.answers), row


def test_both_agree_on_each_pair_of_answers(flow: ModuleType) -> None:
    judge = validator(flow)
    values = {
        name: [[v] for v in flow.choices(question)]
        if question.get("multiselect")
        else flow.choices(question)
        for name, question in flow.asked().items()
    }
    for one, other in itertools.combinations(values, 2):
        for left, right in itertools.product(values[one], values[other]):
            pair = {one: left, other: right}
            assert judge.is_valid(pair) is not bool(refused(flow, pair)), pair


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_both_agree_on_random_answers(flow: ModuleType, data: st.DataObject) -> None:
    some = data.draw(some_answers(flow))
    assert validator(flow).is_valid(some) is not bool(refused(flow, some)), refused(flow, some)


@pytest.mark.parametrize("name", list(guard.asked()))
def test_both_agree_on_awkward_answers(name: str) -> None:
    judge = validator(guard)
    for value in AWKWARD:
        assert judge.is_valid({name: value}) is not bool(refused(guard, {name: value})), value


def test_rules_that_leave_no_choice_together() -> None:
    values = {"a": [1, 2], "b": [1, 2], "c": [1, 2, 3]}
    rules = [
        guard.Rule({"a": 1}, {"c": [1]}, ""),
        guard.Rule({"b": 1}, {"c": [2, 3]}, ""),
        guard.Rule({"list": "x"}, {"b": [1]}, ""),
    ]
    found = {
        tuple(sorted((name, *both) for name, both in clause))
        for clause in derived(clauses(rules, values), values)
    }
    assert found == {
        (("a", 1), ("b", 1)),
        (("a", 1), ("list:x", True)),
        (("c", 1), ("list:x", True)),
    }
