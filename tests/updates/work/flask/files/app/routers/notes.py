"""Notes."""

from flask import Blueprint

from app.auth import current_user, require_auth
from app.extensions import db, settings
from app.openapi import CREDENTIALS, WITH_JSON_BODY, Answer, Answers, Reply, api
from app.schemas.notes import Note, NoteCreate, NoteList
from app.services import notes

NOTES = ["notes"]

blueprint = Blueprint("notes", __name__, url_prefix="/api/v1/notes")


@blueprint.get("")
@require_auth
@api.validate(
    operation_id="list_notes",
    tags=NOTES,
    security=CREDENTIALS,
    resp=Answers({200: Answer(NoteList)}, 401),
)
def list_notes() -> NoteList:
    """List the caller's notes."""
    rows = notes.list_notes(db.session, owner_id=current_user().id)
    return NoteList(items=[Note.model_validate(row) for row in rows])


@blueprint.post("")
@require_auth
@api.validate(
    operation_id="create_note",
    tags=NOTES,
    security=CREDENTIALS,
    resp=Answers({201: Answer(Note)}, *WITH_JSON_BODY, 401, 409),
)
def create_note(json: NoteCreate) -> Reply:
    """Create a note."""
    note = notes.create_note(db.session, settings, owner_id=current_user().id, text=json.text)
    return Note.model_validate(note), 201
