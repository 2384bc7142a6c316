"""Exports and their contents, in chunks so that a download streams."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, IntField

from app.dialect import CodePointField, LongTextField
from app.models.base import Identified
from app.models.fields import UTCDateTimeField
from app.models.users import User


class ExportStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = (ExportStatus.PENDING.value, ExportStatus.RUNNING.value)


class Export(Identified):
    owner: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="exports", db_index=True
    )
    owner_id: UUID
    status = CodePointField(10, default=ExportStatus.PENDING.value)
    finished_at = UTCDateTimeField[datetime | None](null=True)
    row_count = IntField(null=True)

    class Meta:
        table = "exports"


class ExportChunk(Identified):
    export: ForeignKeyRelation[Export] = ForeignKeyField("models.Export", related_name="chunks")
    export_id: UUID
    position = IntField()
    content = LongTextField()

    class Meta:
        table = "export_chunks"
        unique_together = (("export_id", "position"),)
