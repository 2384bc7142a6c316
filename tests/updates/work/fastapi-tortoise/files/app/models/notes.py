"""Notes."""

from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation

from app.dialect import LongTextField
from app.models.base import Identified
from app.models.users import User


class Note(Identified):
    owner: ForeignKeyRelation[User] = ForeignKeyField(
        "models.User", related_name="notes", db_index=True
    )
    owner_id: UUID
    text = LongTextField()

    class Meta:
        table = "notes"
