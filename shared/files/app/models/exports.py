"""Exports and their contents, in chunks so that a download streams."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from app.dialect import LONG_TEXT, text_type
from app.models.base import Base, Identified


class ExportStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = (ExportStatus.PENDING.value, ExportStatus.RUNNING.value)


class Export(Identified, Base):
    __tablename__ = "exports"

    owner_id: Mapped[UUID] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), index=True)
    status: Mapped[str] = mapped_column(text_type(10), default=ExportStatus.PENDING.value)
    finished_at: Mapped[datetime | None]
    row_count: Mapped[int | None]


class ExportChunk(Base):
    __tablename__ = "export_chunks"

    export_id: Mapped[UUID] = mapped_column(
        ForeignKey("exports.id", ondelete="CASCADE"), primary_key=True
    )
    position: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    content: Mapped[str] = mapped_column(LONG_TEXT)
