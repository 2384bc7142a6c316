"""What a list of todos can be filtered and sorted by."""

from dataclasses import replace
from datetime import datetime

import django_filters
from django.db.models import Q, QuerySet
from rest_framework import serializers

from apps.core.api_fields import CleanTextField, MomentField
from apps.core.filters import ParameterFilter
from apps.core.pagination import Order
from apps.core.serializers import PageQuery
from apps.todos.fields import PriorityField
from apps.todos.models import Todo, TodoStatus

ORDERS = {
    "created_at": Order(column="created_at", parse=datetime.fromisoformat),
    "updated_at": Order(column="updated_at", parse=datetime.fromisoformat),
    "due_at": Order(column="due_at", parse=datetime.fromisoformat, nullable=True),
    "priority": Order(column="priority", parse=int),
    "title": Order(column="title", parse=str),
}


class TodoFilter(django_filters.FilterSet):
    status = ParameterFilter(
        reads=serializers.ChoiceField(choices=TodoStatus.values, required=False)
    )
    priority = ParameterFilter(reads=PriorityField(required=False))
    tag = ParameterFilter(field_name="tags__name", reads=CleanTextField(required=False))
    due_before = ParameterFilter(
        field_name="due_at", lookup_expr="lt", reads=MomentField(required=False)
    )
    due_after = ParameterFilter(
        field_name="due_at", lookup_expr="gt", reads=MomentField(required=False)
    )
    q = ParameterFilter(method="search", reads=CleanTextField(required=False))

    def search(self, todos: QuerySet[Todo], _name: str, text: str) -> QuerySet[Todo]:
        """Find a substring of title or description, whatever its case (Unicode case folding)."""
        folded = text.casefold()
        return todos.filter(
            Q(title_folded__contains=folded) | Q(description_folded__contains=folded)
        )


class TodoQuery(PageQuery):
    """Which page of the todos, and how they are sorted."""

    sort = serializers.RegexField(rf"^-?({'|'.join(ORDERS)})$", default="-created_at")


def order_of(sort: str) -> Order:
    """Return the order that a `sort` names, `-` for descending."""
    return replace(ORDERS[sort.removeprefix("-")], descending=sort.startswith("-"))
