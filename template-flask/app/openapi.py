"""The document of the API.

spectree reads it from each view's `@api.validate`; here stands what this API has on top: problems
(RFC 9457) as errors, and headers and media types that spectree cannot name.
"""

import json
from collections.abc import Iterable, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from flask import Response as FlaskResponse
from flask import current_app
from pydantic import BaseModel
from spectree import Response, SpecTree

from app.credentials import CREDENTIALS_SCHEME
from app.problems import MEDIA_TYPE
from app.schemas.problems import Problem, ValidationProblem
from app.validation import JSON, MERGE_PATCH, Model, StrictFlaskPlugin

FORM = "application/x-www-form-urlencoded"
CREDENTIALS: dict[str, list[str]] = {CREDENTIALS_SCHEME.name: []}
DESCRIPTIONS = {
    400: "The body cannot be read, or a token in it is not good",
    401: "No good credentials",
    403: "Not allowed",
    404: "There is no such thing",
    409: "Clashes with the present state",
    412: "`If-Match` names another version",
    413: "The body is over 1 MiB",
    415: "The body's media type is not taken here",
    422: "The request is not valid",
    429: "Too many attempts",
    503: "A service that this one depends on does not answer",
}
WITH_JSON_BODY = (400, 413, 415, 422)
RETRY_AFTER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}
PROBLEM_HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}

Body = BaseModel | str
Reply = Body | FlaskResponse | tuple[Body, int] | tuple[Body, int, dict[str, str]]
"""What a view may return: what Flask takes, or a model."""


@dataclass(frozen=True)
class Answer:
    """An answer that is no problem; without a model it is text, or has no body."""

    model: Model | None = None
    description: str = "Done"
    headers: dict[str, Any] | None = None
    media_type: str | None = None


class Answers(Response):
    """The answers of an operation: those named, these problems, and 503, which goes with any."""

    def __init__(self, named: dict[int, Answer], *problems: int) -> None:
        super().__init__(
            **{f"HTTP_{status}": answer.model for status, answer in named.items() if answer.model}
        )
        self.named = named
        self.problems = {*problems, 503} if problems else set()

    @property
    def models(self) -> Iterable[Any]:
        return (*super().models, Problem, ValidationProblem)

    def add_model(self, *_: Any, **__: Any) -> None:
        """Add nothing: what is answered stands in the view's own line."""

    def generate_spec(self, naming_strategy: Any = None) -> dict[str, Any]:
        documented = {status: _document(answer) for status, answer in self.named.items()}
        documented |= {status: _document_problem(status) for status in self.problems}
        return {str(status): documented[status] for status in sorted(documented)}


def header(name: str, description: str) -> dict[str, Any]:
    return {name: {"description": description, "schema": {"type": "string"}}}


def _document(answer: Answer) -> dict[str, Any]:
    documented: dict[str, Any] = {"description": answer.description}
    if answer.headers:
        documented["headers"] = answer.headers
    if answer.model:
        documented["content"] = {JSON: {"schema": _reference(answer.model)}}
    elif answer.media_type:
        documented["content"] = {answer.media_type: {"schema": {"type": "string"}}}
    return documented


def _document_problem(status: int) -> dict[str, Any]:
    model = ValidationProblem if status == 422 else Problem
    documented: dict[str, Any] = {
        "description": DESCRIPTIONS[status],
        "content": {MEDIA_TYPE: {"schema": _reference(model)}},
    }
    if status in PROBLEM_HEADERS:
        documented["headers"] = PROBLEM_HEADERS[status]
    return documented


def _reference(model: Model) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


api = SpecTree(
    backend=StrictFlaskPlugin,
    mode="strict",
    naming_strategy=lambda model: str(model.__name__),
    nested_naming_strategy=lambda _parent, child: child,
    security_schemes=[CREDENTIALS_SCHEME],
)


def document() -> dict[str, Any]:
    """Return the document of the current app."""
    spec: dict[str, Any] = deepcopy(api.spec)
    spec["info"] = {
        "title": current_app.config["API_TITLE"],
        "version": current_app.config["API_VERSION"],
    }
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            _drop_empty_descriptions([operation, *operation["parameters"]])
            _drop_null(operation["parameters"])
            _name_media_types(method, operation.get("requestBody", {}).get("content", {}))
    _drop_unused(spec)
    return spec


def _drop_unused(spec: dict[str, Any]) -> None:
    """Parameters stand with their operations; the models that they come from are not needed."""
    text = json.dumps(spec)
    schemas = spec["components"]["schemas"]
    for name in list(schemas):
        if f'"#/components/schemas/{name}"' not in text:
            del schemas[name]


def _drop_empty_descriptions(parts: Sequence[dict[str, Any]]) -> None:
    for part in parts:
        if not part.get("description"):
            part.pop("description", None)


def _drop_null(parameters: Sequence[dict[str, Any]]) -> None:
    """A parameter is left out, never null."""
    for parameter in parameters:
        options = parameter["schema"].pop("anyOf", [])
        for option in options:
            if option != {"type": "null"}:
                parameter["schema"] |= option


def _name_media_types(method: str, content: dict[str, Any]) -> None:
    if "multipart/form-data" in content:
        content[FORM] = content.pop("multipart/form-data")
    if method == "patch":
        content[MERGE_PATCH] = content[JSON]
