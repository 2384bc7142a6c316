"""Tags as the API shows and takes them."""

from rest_framework import serializers

from apps.core.serializers import BodySerializer, page_serializer
from apps.tagging.fields import TagNameField
from apps.tagging.models import Tag


class TagSerializer(serializers.Serializer[Tag]):
    name = serializers.CharField()
    todo_count = serializers.IntegerField()


TagPage = page_serializer(TagSerializer)


class TagUpdate(BodySerializer):
    name = TagNameField()
