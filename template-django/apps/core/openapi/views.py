"""The document, and the page that shows it: from local assets and under its own policy."""

from functools import cache
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.csp import CSP
from django.utils.decorators import method_decorator
from django.views.decorators.csp import csp_override
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.views import OpenView

PAGE_CSP: dict[str, list[str]] = {
    "default-src": [CSP.NONE],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF, CSP.UNSAFE_INLINE],
    "img-src": [CSP.SELF, "data:"],
    "connect-src": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
    "base-uri": [CSP.NONE],
}


@cache
def generate() -> dict[str, Any]:
    """Return the document; the views say the same as long as the process lives."""
    schema: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return schema


@extend_schema(exclude=True)
class DocumentView(OpenView):
    def get(self, request: Request) -> Response:
        return Response(generate())


@extend_schema(exclude=True)
class PageView(OpenView):
    @method_decorator(csp_override(PAGE_CSP))
    def get(self, request: Request) -> HttpResponse:
        return render(request._request, "core/docs.html")
