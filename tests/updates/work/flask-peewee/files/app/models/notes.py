"""Notes."""

from uuid import UUID

from peewee import ForeignKeyField

from app.models.base import Identified
from app.models.fields import LongTextField
from app.models.users import User


class Note(Identified):
    owner_id: UUID

    owner = ForeignKeyField(User, backref="notes", on_delete="CASCADE")
    text = LongTextField()

    class Meta:
        table_name = "notes"
