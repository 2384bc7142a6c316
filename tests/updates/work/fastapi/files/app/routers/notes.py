"""Notes."""

from fastapi import APIRouter

from app.authentication import CurrentUser
from app.dependencies import AppSettings, Session
from app.openapi import WITH_JSON_BODY, JSONRoute, problems
from app.schemas.notes import Note, NoteCreate, NoteList
from app.services import notes

router = APIRouter(prefix="/api/v1/notes", tags=["notes"], route_class=JSONRoute)


@router.get("", operation_id="list_notes", responses=problems(401))
async def list_notes(user: CurrentUser, session: Session) -> NoteList:
    """List the caller's notes."""
    rows = await notes.list_notes(session, owner_id=user.id)
    return NoteList(items=[Note.model_validate(row) for row in rows])


@router.post(
    "",
    status_code=201,
    operation_id="create_note",
    responses=problems(*WITH_JSON_BODY, 401, 409),
)
async def create_note(
    data: NoteCreate, user: CurrentUser, session: Session, settings: AppSettings
) -> Note:
    """Create a note."""
    note = await notes.create_note(session, settings, owner_id=user.id, text=data.text)
    return Note.model_validate(note)
