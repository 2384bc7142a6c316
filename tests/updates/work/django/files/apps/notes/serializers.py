"""Notes as the API shows and takes them."""

from rest_framework import serializers

from apps.core.api_fields import CleanTextField
from apps.core.serializers import BodySerializer
from apps.notes.models import Note


class NoteSerializer(serializers.Serializer[Note]):
    id = serializers.UUIDField()
    text = serializers.CharField()


class NoteCreate(BodySerializer):
    text = CleanTextField(allow_blank=False, max_length=1000)
