"""The base of every view."""

from typing import Any

from rest_framework import views
from rest_framework.request import Request

from apps.core.parsers import MergePatchParser, StrictJSONParser


class APIView(views.APIView):
    """Answers JSON and problems; takes merge patches on PATCH, and no OPTIONS."""

    parser_classes = (StrictJSONParser, MergePatchParser)
    http_method_names = ["get", "head", "post", "put", "patch", "delete"]

    @property
    def default_response_headers(self) -> dict[str, str]:
        return {}

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Refuse a wrong method first, whoever sends it."""
        if request.method not in self.allowed_methods:
            self.http_method_not_allowed(request)
        super().initial(request, *args, **kwargs)


class OpenView(APIView):
    """A view for those who have not logged in."""

    authentication_classes = ()
    permission_classes = ()
