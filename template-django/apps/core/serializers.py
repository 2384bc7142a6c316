"""Bodies and queries: what is read, and everything that is wrong with it."""

from collections.abc import Iterable, Mapping
from typing import Any

from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError
from rest_framework.request import Request
from rest_framework.settings import api_settings

from apps.core.api_fields import CleanTextField
from apps.core.errors import FieldFailure, Invalid
from apps.core.parsers import require_json

MAXIMUM_LIMIT = 100
DEFAULT_LIMIT = 20


class QuerySerializer(serializers.Serializer[Any]):
    """The parameters of a query; other ones are ignored."""

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the request's parameters.

        Raises:
            Invalid: some are bad; every one of them is named.
        """
        return _validated(cls(data=request.query_params.dict()), "query")


class PageQuery(QuerySerializer):
    """Which page of a list."""

    limit = serializers.IntegerField(
        min_value=1, max_value=MAXIMUM_LIMIT, default=DEFAULT_LIMIT, help_text="Items a page"
    )
    cursor = CleanTextField(
        default=None, allow_blank=True, help_text="`next_cursor` of the page before"
    )


class BodySerializer(serializers.Serializer[Any]):
    """A body; unknown members are refused, so that a typo never passes in silence."""

    default_error_messages = {"unknown": "There is no such member."}

    @classmethod
    def read(cls, request: Request) -> dict[str, Any]:
        """Return the members of the request's body.

        Raises:
            UnsupportedMediaType, ParseError: it is no JSON, or there is none.
            Invalid: members are bad, missing or unknown; every one of them is named.
        """
        require_json(request)
        return _validated(cls(data=request.data), "body")

    def to_internal_value(self, data: Any) -> dict[str, Any]:
        failures: dict[str, Any] = {}
        values: dict[str, Any] = {}
        try:
            values = super().to_internal_value(data)
        except ValidationError as error:
            if not isinstance(data, Mapping):
                raise
            failures |= dict(error.detail)  # type: ignore[arg-type]
        unknown = ErrorDetail(str(self.error_messages["unknown"]), "unknown")
        failures |= {str(name): [unknown] for name in data if name not in self.fields}
        if failures:
            raise ValidationError(failures)
        return values


def page_serializer(item: type[serializers.Serializer[Any]]) -> type[serializers.Serializer[Any]]:
    """Return the serializer that describes a page of these items."""
    members = {
        "items": item(many=True),
        "next_cursor": serializers.CharField(allow_null=True),
    }
    name = f"{item.__name__.removesuffix('Serializer')}Page"
    return type(name, (serializers.Serializer,), members)


def page_of(
    serializer: type[serializers.BaseSerializer[Any]], rows: Iterable[Any], next_cursor: str | None
) -> dict[str, Any]:
    """Return the body that shows these rows as a page."""
    return {"items": serializer(rows, many=True).data, "next_cursor": next_cursor}


def _validated(serializer: serializers.Serializer[Any], location: str) -> dict[str, Any]:
    if not serializer.is_valid():
        raise Invalid(*_failures(location, serializer.errors))
    values: dict[str, Any] = serializer.validated_data
    return values


def _failures(location: str, detail: Any) -> Iterable[FieldFailure]:
    """Yield each failure of a nested detail, with the path that leads to it."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            is_whole = name == api_settings.NON_FIELD_ERRORS_KEY
            yield from _failures(location if is_whole else f"{location}.{name}", inner)
    elif isinstance(detail, list):
        for inner in detail:
            yield from _failures(location, inner)
    else:
        yield FieldFailure(location, str(detail), detail.code)
