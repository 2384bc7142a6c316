"""Notes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.errors import Conflict
from app.models import Note
from app.settings import Settings


def list_notes(session: Session, *, owner_id: UUID) -> Sequence[Note]:
    """Return the owner's notes, the oldest first."""
    query = select(Note).where(Note.owner_id == owner_id).order_by(Note.id)
    return session.scalars(query).all()


def create_note(session: Session, settings: Settings, *, owner_id: UUID, text: str) -> Note:
    """Create a note.

    Raises:
        Conflict: the owner has as many as anybody may have.
    """
    query = select(func.count()).select_from(Note).where(Note.owner_id == owner_id)
    if (session.scalar(query) or 0) >= settings.notes_per_user:
        raise Conflict("There are too many notes")
    note = Note(owner_id=owner_id, text=text)
    session.add(note)
    session.flush()
    return note
