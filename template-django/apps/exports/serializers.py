"""Exports as the API shows them."""

from rest_framework import serializers

from apps.exports.models import Export, ExportStatus


class ExportSerializer(serializers.Serializer[Export]):
    id = serializers.UUIDField()
    status = serializers.ChoiceField(choices=ExportStatus.values)
    created_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)
    row_count = serializers.IntegerField(allow_null=True)
