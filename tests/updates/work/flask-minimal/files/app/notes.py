"""Notes: the table, the routes, and what they do."""

from typing import Annotated
from uuid import UUID

from flask import Blueprint
from pydantic import BaseModel, ConfigDict, Field, StringConstraints
from sqlalchemy import Uuid, func, select
from sqlalchemy.orm import Mapped, mapped_column
from uuid_utils.compat import uuid7

from app.database import Base, db
from app.dialect import LONG_TEXT
from app.openapi import WITH_JSON_BODY, Answers, api
from app.schemas import STORABLE
from app.settings import Settings

Text = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=1000, pattern=STORABLE)
]

blueprint = Blueprint("notes", __name__, url_prefix="/api/v1/notes")


class NoteRow(Base):
    __tablename__ = "notes"

    id: Mapped[UUID] = mapped_column(Uuid, primary_key=True, default=uuid7)
    text: Mapped[str] = mapped_column(LONG_TEXT)


class Note(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: UUID
    text: str


class NoteList(BaseModel):
    items: list[Note]


class NoteCreate(BaseModel):
    model_config = ConfigDict(extra="forbid")

    text: Text = Field(examples=["Ask Bob about the keys"])


@blueprint.get("")
@api.validate(operation_id="list_notes", tags=["notes"], resp=Answers({200: NoteList}, 503))
def list_notes() -> NoteList:
    """List the notes, the newest first, as many as the settings say."""
    count = Settings().notes_shown
    rows = db.session.scalars(select(NoteRow).order_by(NoteRow.id.desc()).limit(count))
    return NoteList(items=[Note.model_validate(row) for row in rows])


@blueprint.post("")
@api.validate(
    operation_id="create_note",
    tags=["notes"],
    resp=Answers({201: Note}, *WITH_JSON_BODY, 503),
)
def create_note(json: NoteCreate) -> tuple[Note, int]:
    """Create a note."""
    note = NoteRow(text=json.text)
    db.session.add(note)
    db.session.commit()
    return Note.model_validate(note), 201


def count_notes() -> int:
    """Return how many notes there are."""
    return db.session.scalar(select(func.count()).select_from(NoteRow)) or 0
