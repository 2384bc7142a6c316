"""Notes."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.errors import Conflict
from app.models import Note
from app.settings import Settings


async def list_notes(session: AsyncSession, *, owner_id: UUID) -> Sequence[Note]:
    """Return the owner's notes, the oldest first."""
    query = select(Note).where(Note.owner_id == owner_id).order_by(Note.id)
    return (await session.scalars(query)).all()


async def create_note(
    session: AsyncSession, settings: Settings, *, owner_id: UUID, text: str
) -> Note:
    """Create a note.

    Raises:
        Conflict: the owner has as many as anybody may have.
    """
    query = select(func.count()).select_from(Note).where(Note.owner_id == owner_id)
    if (await session.scalar(query) or 0) >= settings.notes_per_user:
        raise Conflict("There are too many notes")
    note = Note(owner_id=owner_id, text=text)
    session.add(note)
    await session.flush()
    return note
