"""What every operation's documentation says about errors, and the JSON body rules."""

from typing import Any

from fastapi import FastAPI, HTTPException, Request, Response
from fastapi.routing import APIRoute

from app.problems import MEDIA_TYPE
from app.schemas.problems import Problem, ValidationProblem

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"
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
HEADERS: dict[int, dict[str, Any]] = {
    401: {"WWW-Authenticate": {"schema": {"type": "string"}}},
    429: RETRY_AFTER,
    503: RETRY_AFTER,
}

DOCUMENTED_BY_HAND = (Problem, ValidationProblem)

Responses = dict[int | str, dict[str, Any]]


def problems(*statuses: int) -> Responses:
    """Document these error answers, and 503, which everything may give."""
    return {status: _problem(status) for status in sorted({*statuses, 503})}


def _problem(status: int) -> dict[str, Any]:
    model = ValidationProblem if status == 422 else Problem
    documented: dict[str, Any] = {
        "description": DESCRIPTIONS[status],
        "content": {MEDIA_TYPE: {"schema": {"$ref": f"#/components/schemas/{model.__name__}"}}},
    }
    if status in HEADERS:
        documented["headers"] = HEADERS[status]
    return documented


def header(name: str, description: str) -> dict[str, Any]:
    return {name: {"description": description, "schema": {"type": "string"}}}


class JSONRoute(APIRoute):
    """A route that refuses a body of another media type (415) or none at all (400)."""

    def get_route_handler(self) -> Any:
        handle = super().get_route_handler()

        async def check_body(request: Request) -> Response:
            if self.body_field is not None:
                await require_json(request)
            response: Response = await handle(request)
            return response

        return check_body


async def require_json(request: Request) -> None:
    """Check the media type, then that there is a body.

    Raises:
        HTTPException: 415 or 400.
    """
    media_type = request.headers.get("content-type", "").split(";")[0].strip().lower()
    accepted = (JSON, MERGE_PATCH) if request.method == "PATCH" else (JSON,)
    if media_type not in accepted:
        raise HTTPException(415, f"The body must be {' or '.join(accepted)}")
    if not await request.body():
        raise HTTPException(400, "The body is empty")


def document(app: FastAPI) -> None:
    """Add to the generated document what the framework does not see."""
    generate = app.openapi

    def complete() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _complete(generate())
        return app.openapi_schema

    app.openapi = complete  # type: ignore[method-assign]


def _complete(schema: dict[str, Any]) -> dict[str, Any]:
    schemas = schema["components"]["schemas"]
    for model in DOCUMENTED_BY_HAND:
        described = model.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= described.pop("$defs", {})
        schemas[model.__name__] = described
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            _drop_framework_validation_error(operation["responses"])
            _drop_null(operation.get("parameters", []))
            if method == "patch":
                _add_merge_patch(operation["requestBody"]["content"])
    for unused in ("HTTPValidationError", "ValidationError"):
        schemas.pop(unused, None)
    return schema


def _drop_framework_validation_error(responses: dict[str, Any]) -> None:
    if JSON in responses.get("422", {}).get("content", {}):
        del responses["422"]


def _drop_null(parameters: list[dict[str, Any]]) -> None:
    """A parameter is left out, never null."""
    for parameter in parameters:
        options = parameter["schema"].pop("anyOf", [])
        for option in options:
            if option != {"type": "null"}:
                parameter["schema"] |= option


def _add_merge_patch(content: dict[str, Any]) -> None:
    content[MERGE_PATCH] = content[JSON]
