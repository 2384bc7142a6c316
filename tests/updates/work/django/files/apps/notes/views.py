"""Notes."""

from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.viewsets import ViewSetMixin

from apps.core.openapi.document import document
from apps.core.views import APIView
from apps.notes import services
from apps.notes.serializers import NoteCreate, NoteSerializer
from apps.users.authentication import caller


class NoteViewSet(ViewSetMixin, APIView):
    @document("list_notes", {200: NoteSerializer}, problems=(401,))
    def list(self, request: Request) -> Response:
        """List the caller's notes."""
        notes = services.select_notes(owner_id=caller(request).id)
        return Response({"items": [NoteSerializer(note).data for note in notes]})

    @document("create_note", {201: NoteSerializer}, body=NoteCreate, problems=(401, 409))
    def create(self, request: Request) -> Response:
        """Create a note."""
        note = services.create_note(owner_id=caller(request).id, **NoteCreate.read(request))
        return Response(NoteSerializer(note).data, 201)
