"""Notes."""

from collections.abc import Sequence
from uuid import UUID

from app.database import AsyncSession
from app.errors import Conflict
from app.models import Note
from app.settings import Settings


async def list_notes(_session: AsyncSession, *, owner_id: UUID) -> Sequence[Note]:
    """Return the owner's notes, the oldest first."""
    return await Note.filter(owner_id=owner_id).order_by("id")


async def create_note(
    _session: AsyncSession, settings: Settings, *, owner_id: UUID, text: str
) -> Note:
    """Create a note.

    Raises:
        Conflict: the owner has as many as anybody may have.
    """
    if await Note.filter(owner_id=owner_id).count() >= settings.notes_per_user:
        raise Conflict("There are too many notes")
    return await Note.create(owner_id=owner_id, text=text)
