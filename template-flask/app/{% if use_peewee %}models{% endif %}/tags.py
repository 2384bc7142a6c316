"""Tags."""

from peewee import ForeignKeyField

from app.models.base import Identified
from app.models.fields import StringField
from app.models.users import User

TAG_NAME_LENGTH = 50


class Tag(Identified):
    owner = ForeignKeyField(User, backref="tags", on_delete="CASCADE", index=False)
    name = StringField(TAG_NAME_LENGTH)

    class Meta:
        table_name = "tags"
        indexes = ((("owner", "name"), True),)
