"""The base of the models, and what every table has."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from peewee import Model, ModelDelete, UUIDField
from uuid_utils.compat import uuid7

from app.database import database
from app.models.fields import UTCDateTimeField


def utc_now() -> datetime:
    return datetime.now(UTC)


class Base(Model):
    """What is saved are the fields that were set, so that no concurrent change is lost."""

    if TYPE_CHECKING:

        @classmethod
        def delete(cls) -> ModelDelete:
            """Delete rows; the stubs declare this as a variable that mypy calls ambiguous."""

    class Meta:
        database = database
        legacy_table_names = False
        only_save_dirty = True


class Identified(Base):
    """A UUIDv7 key (RFC 9562): sortable by creation."""

    id = UUIDField(primary_key=True, default=uuid7)
    created_at = UTCDateTimeField(default=utc_now)


class Timestamped(Identified):
    updated_at = UTCDateTimeField(default=utc_now)

    def save(self, force_insert: bool = False, only: Any = None) -> int:
        if self.is_dirty() and not force_insert:
            self.updated_at = utc_now()
        return super().save(force_insert, only)
