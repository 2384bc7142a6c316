"""Todos as the API shows and takes them."""

from typing import Any

from rest_framework import serializers

from apps.core.api_fields import CleanTextField, MomentField
from apps.core.serializers import BodySerializer, page_serializer
from apps.todos.fields import PriorityField, TagNamesField
from apps.todos.models import DESCRIPTION_LENGTH, TITLE_LENGTH, Priority, Todo, TodoStatus


class TodoSerializer(serializers.Serializer[Todo]):
    id = serializers.UUIDField()
    title = serializers.CharField()
    description = serializers.CharField()
    status = serializers.ChoiceField(choices=TodoStatus.values)
    priority = PriorityField()
    due_at = serializers.DateTimeField(allow_null=True)
    tags = serializers.ListField(child=serializers.CharField(), source="tag_names")
    created_at = serializers.DateTimeField()
    updated_at = serializers.DateTimeField()
    completed_at = serializers.DateTimeField(allow_null=True)
    version = serializers.IntegerField()


TodoPage = page_serializer(TodoSerializer)


class TodoUpdate(BodySerializer):
    """A merge patch (RFC 7396): an absent member stays as it is."""

    title = CleanTextField(allow_blank=False, max_length=TITLE_LENGTH, required=False)
    description = CleanTextField(max_length=DESCRIPTION_LENGTH, required=False)
    status = serializers.ChoiceField(choices=TodoStatus.values, required=False)
    priority = PriorityField(required=False)
    due_at = MomentField(allow_null=True, required=False)
    tags = TagNamesField(required=False)


class TodoCreate(TodoUpdate):
    title = CleanTextField(allow_blank=False, max_length=TITLE_LENGTH)
    description = CleanTextField(max_length=DESCRIPTION_LENGTH, default="")
    status = serializers.ChoiceField(choices=TodoStatus.values, default=TodoStatus.OPEN)
    priority = PriorityField(default=Priority.MEDIUM)


class PriorityCountsSerializer(serializers.Serializer[Any]):
    low = serializers.IntegerField()
    medium = serializers.IntegerField()
    high = serializers.IntegerField()
    urgent = serializers.IntegerField()


class TodoStatsSerializer(serializers.Serializer[Any]):
    open = serializers.IntegerField()
    done = serializers.IntegerField()
    overdue = serializers.IntegerField()
    by_priority = PriorityCountsSerializer()
