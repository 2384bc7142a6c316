"""Exports of the caller's todos."""

from uuid import UUID

from django.db import transaction
from django.http import StreamingHttpResponse
from django.urls import reverse
from drf_spectacular.utils import OpenApiResponse
from rest_framework.decorators import action
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from apps.core.openapi.document import document
from apps.core.streaming import stream
from apps.core.transactions import after_commit
from apps.core.views import APIView
from apps.exports import services
from apps.exports.serializers import ExportSerializer
from apps.exports.tasks import build_export
from apps.users.authentication import caller

CSV = "text/csv; charset=utf-8; header=present"


class ExportViewSet(ViewSetMixin, APIView):
    lookup_field = "id"
    lookup_value_converter = "uuid"

    @document(
        "create_export",
        {202: ExportSerializer},
        headers={"Location": "Where the export is"},
        problems=(401,),
        tag="exports",
    )
    def create(self, request: Request) -> Response:
        """Begin an export of all todos as CSV."""
        with transaction.atomic():
            export = services.create_export(owner_id=caller(request).id)
            after_commit(build_export, export_id=str(export.id))
        location = reverse("export-detail", kwargs={"id": export.id})
        return Response(ExportSerializer(export).data, 202, headers={"Location": location})

    @document("get_export", {200: ExportSerializer}, problems=(401, 404), tag="exports")
    def retrieve(self, request: Request, id: UUID) -> Response:
        """Show how far an export is."""
        export = services.get_export(owner_id=caller(request).id, export_id=id)
        return Response(ExportSerializer(export).data)

    @document(
        "download_export",
        {(200, "text/csv"): OpenApiResponse(str, description="Done")},
        problems=(401, 404, 409),
        tag="exports",
    )
    @action(detail=True)
    def download(self, request: Request, id: UUID) -> StreamingHttpResponse:
        """Download a finished export (RFC 4180)."""
        export = services.get_done_export(owner_id=caller(request).id, export_id=id)
        return StreamingHttpResponse(
            stream(request._request, services.read_export(export_id=export.id)),
            content_type=CSV,
            headers={"Content-Disposition": f'attachment; filename="todos-{export.id}.csv"'},
        )
