"""Filters of lists, as strict as bodies: every bad parameter is refused, all in one answer."""

from collections.abc import Iterable
from typing import Any, cast

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail
from rest_framework.request import Request

from apps.core.errors import FieldFailure, Invalid
from apps.core.serializers import PageQuery, QuerySerializer


class ParameterField(forms.Field):
    """Reads a parameter by a field of the API; an empty one is not a missing one."""

    def __init__(self, *, reads: serializers.Field[Any, Any, Any, Any], **options: Any) -> None:
        self.reads = reads
        super().__init__(**options)

    def clean(self, value: Any) -> Any:
        if value is None:
            return None
        try:
            return self.reads.run_validation(value)
        except serializers.ValidationError as error:
            details = cast(list[ErrorDetail], error.detail)
            raise ValidationError([ValidationError(str(d), d.code) for d in details]) from error


class ParameterFilter(django_filters.Filter):
    """A filter by a parameter that is `reads`."""

    field_class = ParameterField


def query_serializer(filters: type[django_filters.FilterSet]) -> type[QuerySerializer]:
    """Return the parameters of the filters, for the document."""
    fields = {name: filter_.extra["reads"] for name, filter_ in filters.base_filters.items()}
    return type(f"{filters.__name__}Query", (QuerySerializer,), fields)


def read_list_query(
    query: type[PageQuery], request: Request, filters: django_filters.FilterSet
) -> dict[str, Any]:
    """Return which page is asked for, and in which order, once the filters are good too.

    Raises:
        Invalid: some parameters are bad; every one of them is named.
    """
    failures = list(_failures(filters))
    try:
        values = query.read(request)
    except Invalid as error:
        failures += error.failures
    if failures:
        raise Invalid(*failures)
    return values


def _failures(filters: django_filters.FilterSet) -> Iterable[FieldFailure]:
    for name, errors in filters.form.errors.as_data().items():
        for error in errors:
            yield FieldFailure(f"query.{name}", str(error.message), str(error.code))
