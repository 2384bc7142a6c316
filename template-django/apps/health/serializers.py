"""Answers of the health endpoints."""

from typing import Any

from rest_framework import serializers


class Liveness(serializers.Serializer[Any]):
    status = serializers.ChoiceField(["alive"])


class Readiness(serializers.Serializer[Any]):
    status = serializers.ChoiceField(["ready", "unavailable"])
    checks = serializers.DictField(child=serializers.ChoiceField(["ok", "failed"]))
