"""The comparison sees every kind of difference, and none where two documents say the same."""

import copy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.contract import compare

Document = dict[str, Any]


@pytest.fixture
def contract() -> Document:
    return compare.load(compare.CONTRACT)


def todo_list(document: Document) -> Document:
    operation: Document = document["paths"]["/api/v1/todos"]["get"]
    return operation


def drop_operation(document: Document) -> None:
    del document["paths"]["/api/v1/tags"]["get"]


def add_operation(document: Document) -> None:
    document["paths"]["/extra"] = {"get": {"responses": {"200": {"description": "x"}}}}


def drop_parameter(document: Document) -> None:
    todo_list(document)["parameters"].pop()


def require_parameter(document: Document) -> None:
    todo_list(document)["parameters"][0]["required"] = True


def drop_member(document: Document) -> None:
    del document["components"]["schemas"]["Todo"]["properties"]["title"]


def retype_member(document: Document) -> None:
    document["components"]["schemas"]["Todo"]["properties"]["version"]["type"] = "string"


def free_member(document: Document) -> None:
    document["components"]["schemas"]["Todo"]["required"].remove("id")


def widen_bound(document: Document) -> None:
    document["components"]["schemas"]["TodoCreate"]["properties"]["title"]["maxLength"] = 999


def drop_status(document: Document) -> None:
    del todo_list(document)["responses"]["401"]


def change_media_type(document: Document) -> None:
    answer = todo_list(document)["responses"]["200"]
    answer["content"] = {"text/csv": answer["content"]["application/json"]}


def drop_header(document: Document) -> None:
    del document["components"]["responses"]["Unauthenticated"]["headers"]


def take_unknown_members(document: Document) -> None:
    del document["components"]["schemas"]["TodoCreate"]["additionalProperties"]


def open_to_all(document: Document) -> None:
    todo_list(document).pop("security")


@pytest.mark.parametrize(
    "plant",
    [
        drop_operation,
        add_operation,
        drop_parameter,
        require_parameter,
        drop_member,
        retype_member,
        free_member,
        widen_bound,
        drop_status,
        change_media_type,
        drop_header,
        take_unknown_members,
        open_to_all,
    ],
)
def test_a_difference_is_found(contract: Document, plant: Callable[[Document], None]) -> None:
    changed = copy.deepcopy(contract)
    plant(changed)
    assert compare.differences(changed, contract)


def test_a_document_equals_itself(contract: Document) -> None:
    assert compare.differences(copy.deepcopy(contract), contract) == []


def test_names_and_spellings_do_not_matter(contract: Document) -> None:
    changed = copy.deepcopy(contract)
    schemas = changed["components"]["schemas"]
    page = schemas["TodoPage"]["properties"]
    page["next_cursor"] = {"type": ["null", "string"], "title": "Another", "description": "x"}
    page["items"]["items"] = schemas["Todo"]
    assert compare.differences(changed, contract) == []


def test_what_cannot_be_read_is_one_line(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken = tmp_path / "broken.json"
    broken.write_text("[1, 2")
    assert compare.main([str(broken)]) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
    assert compare.main([str(tmp_path / "none.json")]) == 2
