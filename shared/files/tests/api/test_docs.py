"""The document and the page that shows it."""

from html.parser import HTMLParser
from typing import Any
from urllib.parse import urljoin

import pytest
from httpx2 import Client

from tests.api import logins

METHODS = ("get", "post", "put", "patch", "delete")
PROBLEM = "application/problem+json"


class Page(HTMLParser):
    """Collects what a page loads, and what it runs in place."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.references: list[str] = []
        self.inline: list[str] = []
        self._script: str | None = None
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.references += [
            given[name] or "" for name in ("src", "href") if name in given and tag != "a"
        ]
        self.inline += [name for name in given if name.startswith("on")]
        if tag == "script" and "src" not in given:
            self._script = ""

    def handle_data(self, data: str) -> None:
        if self._script is not None:
            self._script += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "script" and self._script is not None:
            self.inline.append(self._script)
            self._script = None


@pytest.fixture
def document(client: Client) -> Any:
    answer = client.get("/openapi.json")
    assert answer.status_code == 200
    assert answer.headers["content-type"].split(";")[0] == "application/json"
    return answer.json()


def operations(document: Any) -> list[Any]:
    return [item[name] for item in document["paths"].values() for name in METHODS if name in item]


def test_document_describes_25_operations_or_more(document: Any) -> None:
    ids = [operation["operationId"] for operation in operations(document)]

    assert document["openapi"].startswith("3.1")
    assert len(ids) >= 25
    assert len(set(ids)) == len(ids)


def test_every_operation_says_what_it_answers(document: Any) -> None:
    for operation in operations(document):
        good = [status for status in operation["responses"] if status < "400"]
        assert good, operation["operationId"]
        for status in good:
            for media_type in operation["responses"][status].get("content", {}).values():
                assert media_type["schema"], operation["operationId"]


def test_every_body_has_a_schema_and_its_errors(document: Any) -> None:
    for operation in operations(document):
        if "requestBody" in operation:
            (content, *_) = operation["requestBody"]["content"].values()
            assert content["schema"], operation["operationId"]
            assert {"400", "413"} <= set(operation["responses"]), operation["operationId"]


def test_errors_are_documented_as_problems(document: Any) -> None:
    for operation in operations(document):
        for status, response in operation["responses"].items():
            is_own_error = status == "400" and operation["operationId"] in logins.OWN_ERRORS
            is_readiness = status == "503" and operation["operationId"] == "ready"
            if status >= "400" and not is_own_error and not is_readiness:
                assert PROBLEM in response["content"], (operation["operationId"], status)


def test_protected_operations_say_so(document: Any) -> None:
    for operation in operations(document):
        if operation["operationId"] not in logins.FOR_ANYBODY:
            assert ("401" in operation["responses"]) == bool(operation.get("security"))


def test_page_loads_nothing_from_elsewhere(client: Client) -> None:
    answer = client.get("/docs")

    assert answer.headers["content-type"].split(";")[0] == "text/html"
    references = Page(answer.text).references
    assert references
    for reference in references:
        assert urljoin("http://testserver/docs", reference).startswith("http://testserver/")
        assert client.get(urljoin("/docs", reference)).status_code == 200


def test_page_runs_under_its_policy(client: Client) -> None:
    answer = client.get("/docs")

    policy = {
        name: sources
        for name, *sources in (
            part.split() for part in answer.headers["content-security-policy"].split(";") if part
        )
    }
    assert policy["default-src"] == ["'none'"]
    assert policy["script-src"] == ["'self'"]
    assert "'self'" in policy["style-src"]
    assert "'self'" in policy["connect-src"]
    assert not any("." in source or "*" in source for part in policy.values() for source in part)
    assert [script for script in Page(answer.text).inline if script.strip()] == []


def test_page_shows_this_services_document(client: Client) -> None:
    page = client.get("/docs")
    scripts = [
        client.get(urljoin("/docs", reference)).text
        for reference in Page(page.text).references
        if reference.endswith(".js")
    ]

    assert any("/openapi.json" in text for text in [page.text, *scripts])


def test_unknown_asset_is_a_404_problem(client: Client) -> None:
    answer = client.get("/docs/assets/nope.js")

    assert answer.status_code == 404
    assert answer.headers["content-type"] == PROBLEM
