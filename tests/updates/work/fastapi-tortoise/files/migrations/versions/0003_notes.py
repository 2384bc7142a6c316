"""Create the table of notes."""

from tortoise import fields, migrations
from tortoise.migrations import operations as ops
from uuid_utils.compat import uuid7

from app.dialect import LongTextField
from app.models.base import utc_now
from app.models.fields import UTCDateTimeField


class Migration(migrations.Migration):
    dependencies = [("models", "0002_refresh_tokens")]
    operations = [
        ops.CreateModel(
            name="Note",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "models.User",
                        db_index=True,
                        source_field="owner_id",
                        to_field="id",
                        related_name="notes",
                    ),
                ),
                ("text", LongTextField()),
            ],
            options={"table": "notes"},
        ),
    ]
