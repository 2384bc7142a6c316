"""The document of the API, and how requests are held to it: spectree, with problems as errors."""

import json
from copy import deepcopy
from typing import Any

from flask import Request, current_app
from pydantic import BaseModel, ValidationError
from spectree import Response, SpecTree
from spectree.models import Tag
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.errors import MEDIA_TYPE, Invalid
from app.schemas import FieldError, Problem, ValidationProblem

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
PROBLEMS = {
    400: "The body cannot be read",
    404: "There is no such thing",
    412: "`If-Match` names another version",
    413: "The body is over 1 MiB",
    415: "The body's media type is not taken here",
    422: "The request is not valid",
    503: "The database does not answer",
}
WITH_JSON_BODY = (400, 413, 415, 422)
RETRY_AFTER = {"Retry-After": {"description": "Seconds", "schema": {"type": "integer"}}}

Model = type[BaseModel]


class Answers(Response):
    """An operation's answer by status, its headers, and the problems that it may give."""

    def __init__(
        self, named: dict[int, Model | None], *problems: int, headers: tuple[str, ...] = ()
    ) -> None:
        super().__init__(**{f"HTTP_{status}": model for status, model in named.items() if model})
        self.named = named
        self.problems = sorted(problems)
        self.headers = {name: {"schema": {"type": "string"}} for name in headers}

    @property
    def models(self) -> Any:
        return (*super().models, Problem, ValidationProblem)

    def add_model(self, *_: Any, **__: Any) -> None:
        """Add nothing: what is answered stands in the view's own line."""

    def generate_spec(self, naming_strategy: Any = None) -> dict[str, Any]:
        documented = {status: self._document(status, model) for status, model in self.named.items()}
        documented |= {status: _document_problem(status) for status in self.problems}
        return {str(status): documented[status] for status in sorted(documented)}

    def _document(self, status: int, model: Model | None) -> dict[str, Any]:
        documented: dict[str, Any] = {"description": "Done"}
        if model:
            documented["content"] = {JSON: {"schema": _reference(model)}}
        if headers := RETRY_AFTER if status == 503 else self.headers:
            documented["headers"] = headers
        return documented


def _document_problem(status: int) -> dict[str, Any]:
    model = ValidationProblem if status == 422 else Problem
    content = {MEDIA_TYPE: {"schema": _reference(model)}}
    documented: dict[str, Any] = {"description": PROBLEMS[status], "content": content}
    return documented | ({"headers": RETRY_AFTER} if status == 503 else {})


def _reference(model: Model) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{model.__name__}"}


class StrictFlaskPlugin(FlaskPlugin):
    """Reads requests strictly: a body is JSON and says so, and each bad member is named."""

    def register_route(self, app: Any) -> None:
        """Register nothing: `docs.py` serves the document."""

    def request_validation(
        self,
        request: Any,
        query: Model | None,
        json: Model | None,
        form: Model | None,
        headers: Model | None,
        cookies: Model | None,
    ) -> None:
        """Parse what the view asks for.

        Raises:
            HTTPException: 415 or 400, the body cannot be read.
            Invalid: a part is not what its schema says; all such are listed.
        """
        failures: list[FieldError] = []
        body = _read_json(request) if json else None
        request.context = Context(
            query=_parse(query, request.args.to_dict(), "query", failures),
            json=_parse(json, body, "body", failures),
            form=None,
            headers=_parse(headers, dict(request.headers), "header", failures),
            cookies=None,
        )
        if failures:
            raise Invalid(failures)


def _read_json(request: Request) -> Any:
    accepted = (JSON, MERGE_PATCH) if request.method == "PATCH" else (JSON,)
    if request.mimetype not in accepted:
        raise UnsupportedMediaType(f"The body must be {' or '.join(accepted)}")
    if not request.get_data():
        raise BadRequest("The body is empty")
    try:
        return json.loads(request.get_data())
    except (ValueError, RecursionError) as error:
        raise BadRequest("The body is not JSON") from error


def _parse(
    model: Model | None, value: Any, place: str, failures: list[FieldError]
) -> BaseModel | None:
    if model is None:
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        failures += [
            FieldError(
                location=".".join([place, *map(str, item["loc"])]),
                message=item["msg"],
                code=item["type"],
            )
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        return None


TODOS, HEALTH = Tag(name="todos"), Tag(name="health")

api = SpecTree(
    backend=StrictFlaskPlugin,
    mode="strict",
    naming_strategy=lambda model: str(model.__name__),
    nested_naming_strategy=lambda _parent, child: child,
)


def document() -> dict[str, Any]:
    """Return the document of the current app."""
    spec: dict[str, Any] = deepcopy(api.spec)
    spec["info"] = {"title": current_app.config["API_TITLE"], "version": "1.0.0"}
    for operations in spec["paths"].values():
        for method, operation in operations.items():
            _drop_null(operation["parameters"])
            content = operation.get("requestBody", {}).get("content", {})
            if method == "patch" and content:
                content[MERGE_PATCH] = content[JSON]
    return spec


def _drop_null(parameters: list[dict[str, Any]]) -> None:
    """A parameter is left out, never null."""
    for parameter in parameters:
        options = parameter["schema"].pop("anyOf", [])
        for option in options:
            if option != {"type": "null"}:
                parameter["schema"] |= option
