"""Notes."""

from collections.abc import Sequence
from uuid import UUID

from app.database import Session
from app.errors import Conflict
from app.models import Note
from app.settings import Settings


def list_notes(_session: Session, *, owner_id: UUID) -> Sequence[Note]:
    """Return the owner's notes, the oldest first."""
    return list(Note.select().where(Note.owner == owner_id).order_by(Note.id))


def create_note(_session: Session, settings: Settings, *, owner_id: UUID, text: str) -> Note:
    """Create a note.

    Raises:
        Conflict: the owner has as many as anybody may have.
    """
    if Note.select().where(Note.owner == owner_id).count() >= settings.notes_per_user:
        raise Conflict("There are too many notes")
    return Note.create(owner=owner_id, text=text)
