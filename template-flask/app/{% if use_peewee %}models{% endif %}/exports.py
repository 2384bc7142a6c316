"""Exports and their contents, in chunks so that a download streams."""

from enum import StrEnum
from uuid import UUID

from peewee import CompositeKey, ForeignKeyField, IntegerField

from app.models.base import Base, Identified
from app.models.fields import LongTextField, StringField, UTCDateTimeField
from app.models.users import User


class ExportStatus(StrEnum):
    PENDING = "pending"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


UNFINISHED = (ExportStatus.PENDING.value, ExportStatus.RUNNING.value)


class Export(Identified):
    owner_id: UUID

    owner = ForeignKeyField(User, backref="exports", on_delete="CASCADE")
    status = StringField(10, default=ExportStatus.PENDING.value)
    finished_at = UTCDateTimeField(null=True)
    row_count = IntegerField(null=True)

    class Meta:
        table_name = "exports"


class ExportChunk(Base):
    export = ForeignKeyField(Export, backref="chunks", on_delete="CASCADE", index=False)
    position = IntegerField()
    content = LongTextField()

    class Meta:
        table_name = "export_chunks"
        primary_key = CompositeKey("export", "position")
