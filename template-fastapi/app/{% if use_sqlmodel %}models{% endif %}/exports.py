"""Exports and their contents, in chunks so that a download streams."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlmodel import Field, SQLModel

from app.dialect import LONG_TEXT, text_type
from app.models.base import Identified
from app.models.types import UTCDateTime


class ExportStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = (ExportStatus.PENDING.value, ExportStatus.RUNNING.value)


class Export(Identified, table=True):
    __tablename__ = "exports"

    owner_id: UUID = Field(foreign_key="users.id", ondelete="CASCADE", index=True)
    status: str = Field(default=ExportStatus.PENDING.value, sa_type=text_type(10))
    finished_at: datetime | None = Field(default=None, sa_type=UTCDateTime)
    row_count: int | None = None


class ExportChunk(SQLModel, table=True):
    __tablename__ = "export_chunks"

    export_id: UUID = Field(foreign_key="exports.id", ondelete="CASCADE", primary_key=True)
    position: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    content: str = Field(sa_type=LONG_TEXT)
