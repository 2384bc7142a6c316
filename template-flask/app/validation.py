"""How requests are read: JSON bodies strictly, and everything that is wrong at once."""

import json
from typing import Any

from flask import Request, Response
from pydantic import BaseModel, ValidationError
from spectree.plugins.base import Context
from spectree.plugins.flask_plugin import FlaskPlugin
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from app.errors import FieldFailure
from app.problems import InvalidRequest

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"

Model = type[BaseModel]


class StrictFlaskPlugin(FlaskPlugin):
    """Reads what a view's `@api.validate` asks for; forms are for their views to read.

    A form's errors are those of RFC 6749, which views alone can tell.
    """

    def register_route(self, app: Any) -> None:
        """Register nothing: `routers/docs.py` serves the document."""

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
            InvalidRequest: a part is not what its schema says; all such are listed.
        """
        failures: list[FieldFailure] = []
        body = _read_json(request) if json else None
        request.context = Context(
            query=_parse(query, request.args.to_dict(), "query", failures),
            json=_parse(json, body, "body", failures),
            form=None,
            headers=_parse(headers, dict(request.headers), "header", failures),
            cookies=None,
        )
        if failures:
            raise InvalidRequest(failures)

    def validate_response(self, resp: Any, *options: Any) -> Any:
        """Leave a finished response as it is: to read it would end its stream."""
        if isinstance(resp, Response):
            return resp, None
        return super().validate_response(resp, *options)


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
    model: Model | None, value: Any, place: str, failures: list[FieldFailure]
) -> BaseModel | None:
    if model is None:
        return None
    try:
        return model.model_validate(value)
    except ValidationError as error:
        failures += [
            FieldFailure(
                location=".".join([place, *map(str, item["loc"])]),
                message=item["msg"],
                code=item["type"],
            )
            for item in error.errors(include_url=False, include_context=False, include_input=False)
        ]
        return None
