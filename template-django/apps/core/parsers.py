"""JSON bodies (RFC 8259), and merge patches (RFC 7396) on PATCH."""

import json
from collections.abc import Mapping
from typing import IO, Any, NoReturn

from rest_framework.exceptions import ParseError, UnsupportedMediaType
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

JSON = "application/json"
MERGE_PATCH = "application/merge-patch+json"


class StrictJSONParser(BaseParser):
    """Takes what RFC 8259 takes, in UTF-8; `NaN` and bottomless nesting do not parse."""

    media_type = JSON

    def parse(
        self,
        stream: IO[Any],
        media_type: str | None = None,
        parser_context: Mapping[str, Any] | None = None,
    ) -> Any:
        try:
            return json.loads(stream.read().decode(), parse_constant=_refuse_constant)
        except (ValueError, RecursionError) as error:
            raise ParseError("The body is not JSON") from error


class MergePatchParser(StrictJSONParser):
    media_type = MERGE_PATCH


def require_json(request: Request) -> None:
    """Check the media type, then that there is a body.

    Raises:
        UnsupportedMediaType: the body is not in one of the media types that are taken here.
        ParseError: the body is empty.
    """
    media_type = request.content_type.split(";")[0].strip().lower()
    taken = taken_by(request.method)
    if media_type not in taken:
        raise UnsupportedMediaType(media_type, f"The body must be {' or '.join(taken)}")
    if not request._request.body:
        raise ParseError("The body is empty")


def taken_by(method: str | None) -> list[str]:
    """Return the media types that a body may have under this method."""
    return [JSON, MERGE_PATCH] if method == "PATCH" else [JSON]


def _refuse_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON")
