"""Error answers (RFC 9457), as the document describes them."""

from typing import Any

from rest_framework import serializers

DESCRIPTIONS = {
    400: "The body cannot be read, or a token in it is not good",
    401: "No good credentials",
    403: "Not allowed",
    404: "There is no such thing",
    409: "Clashes with the present state",
    412: "`If-Match` names another version",
    413: "The body is over 1 MiB",
    415: "The body's media type is not taken here",
    422: "The request is not valid",
    429: "Too many attempts",
    503: "A service that this one depends on does not answer",
}


class Problem(serializers.Serializer[Any]):
    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()


class FieldError(serializers.Serializer[Any]):
    location = serializers.CharField()
    message = serializers.CharField()
    code = serializers.CharField()


class ValidationProblem(Problem):
    errors = FieldError(many=True)  # type: ignore[assignment]
