"""Notes."""

from uuid import UUID

from django.conf import settings
from django.db.models import QuerySet

from apps.core.errors import Conflict
from apps.notes.models import Note


def select_notes(*, owner_id: UUID) -> QuerySet[Note]:
    """Select the owner's notes."""
    return Note.objects.filter(owner_id=owner_id)


def create_note(*, owner_id: UUID, text: str) -> Note:
    """Create a note.

    Raises:
        Conflict: the owner has as many as anybody may have.
    """
    if select_notes(owner_id=owner_id).count() >= settings.NOTES_PER_USER:
        raise Conflict("There are too many notes")
    return Note.objects.create(owner_id=owner_id, text=text)
