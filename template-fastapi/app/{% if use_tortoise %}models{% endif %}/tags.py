"""Tags."""

from typing import TYPE_CHECKING
from uuid import UUID

from tortoise.fields import ForeignKeyField, ForeignKeyRelation, ManyToManyRelation

from app.dialect import CodePointField
from app.models.base import Identified
from app.models.users import User

if TYPE_CHECKING:
    from app.models.todos import Todo

TAG_NAME_LENGTH = 50


class Tag(Identified):
    owner: ForeignKeyRelation[User] = ForeignKeyField("models.User", related_name="tags")
    owner_id: UUID
    name = CodePointField(TAG_NAME_LENGTH)

    todos: "ManyToManyRelation[Todo]"

    class Meta:
        table = "tags"
        unique_together = (("owner_id", "name"),)
        ordering = ("name",)
