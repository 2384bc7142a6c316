"""Notes as the API shows and takes them."""

from uuid import UUID

from pydantic import Field

from app.schemas.base import CleanText, Request, Response


class Note(Response):
    id: UUID
    text: str = Field(examples=["Ask Bob about the keys"])


class NoteList(Response):
    items: list[Note]


class NoteCreate(Request):
    text: CleanText = Field(min_length=1, max_length=1000, examples=["Ask Bob about the keys"])
