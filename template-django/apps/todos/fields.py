"""Members of todos that the API shows otherwise than the database keeps them."""

from typing import Any

from rest_framework import serializers

from apps.tagging.fields import TagNameField
from apps.todos.models import Priority

MAXIMUM_TAGS = 20


class PriorityField(serializers.ChoiceField):
    """A priority by its label."""

    def __init__(self, **options: Any) -> None:
        super().__init__(choices=Priority.labels, **options)

    def to_internal_value(self, data: Any) -> Any:
        return Priority[super().to_internal_value(data).upper()]

    def to_representation(self, value: Any) -> str:
        return Priority(value).label


class TagNamesField(serializers.ListField):
    """Names of tags, sorted; duplicates are merged before they are counted."""

    child = TagNameField()
    default_error_messages = {"too_many": f"A todo has at most {MAXIMUM_TAGS} tags."}

    def to_internal_value(self, data: Any) -> list[str]:
        merged = sorted(set(super().to_internal_value(data)))
        if len(merged) > MAXIMUM_TAGS:
            self.fail("too_many")
        return merged
