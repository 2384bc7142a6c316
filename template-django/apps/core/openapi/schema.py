"""How drf-spectacular reads the views: strict bodies, text without U+0000, an example of each."""

from typing import Any

from drf_spectacular.openapi import AutoSchema as SpectacularSchema

from apps.core.api_fields import TextField
from apps.core.openapi.examples import EXAMPLES
from apps.core.parsers import taken_by
from apps.core.serializers import BodySerializer

KNOWS_ITS_LENGTH = {"$ref", "allOf", "enum", "pattern"}


class AutoSchema(SpectacularSchema):
    def get_summary(self) -> str:
        """The first line of what the view says of the operation."""
        return str(super().get_description()).partition("\n")[0]

    def get_description(self) -> str:  # type: ignore[override]
        return ""

    def _is_list_view(self, serializer: Any = None) -> bool:
        """A page is an object that has its items."""
        return False

    def map_parsers(self) -> list[str]:
        return taken_by(self.method)

    def _get_parameters(self) -> list[dict[str, Any]]:
        parameters: list[dict[str, Any]] = super()._get_parameters()
        for parameter in parameters:
            if KNOWS_ITS_LENGTH & parameter["schema"].keys():
                parameter["schema"].pop("minLength", None)
        return parameters

    def _get_request_body(self, direction: Any = "request") -> Any:
        body = super()._get_request_body(direction)
        return {**body, "required": True} if body else body

    def _map_serializer(
        self, serializer: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        schema = super()._map_serializer(serializer, direction, bypass_extensions)
        if isinstance(serializer, BodySerializer):
            schema["additionalProperties"] = False
        return schema

    def _map_serializer_field(
        self, field: Any, direction: Any, bypass_extensions: bool = False
    ) -> Any:
        schema = super()._map_serializer_field(field, direction, bypass_extensions)
        if "enum" in schema:
            schema = {"type": schema.pop("type"), **schema}
        if isinstance(field, TextField):
            schema.setdefault("pattern", field.pattern)
            if not field.allow_blank:
                schema.setdefault("minLength", 1)
        if field.field_name in EXAMPLES and "$ref" not in schema:
            schema["examples"] = [EXAMPLES[field.field_name]]
        return schema

    def _insert_field_validators(self, field: Any, schema: dict[str, Any]) -> None:
        super()._insert_field_validators(field, schema)
        if "oneOf" in schema:
            # The empty string, set apart, is matched by the pattern as well.
            schema |= schema.pop("oneOf")[0]
