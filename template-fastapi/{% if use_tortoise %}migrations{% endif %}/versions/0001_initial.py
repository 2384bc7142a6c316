"""Create the tables."""

from tortoise import fields, migrations
from tortoise.indexes import Index
from tortoise.migrations import operations as ops
from uuid_utils.compat import uuid7

from app.dialect import CodePointField, LongTextField
from app.models.base import utc_now
from app.models.fields import UTCDateTimeField


class Migration(migrations.Migration):
    initial = True
    operations = [
        ops.CreateModel(
            name="User",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                ("updated_at", UTCDateTimeField(default=utc_now)),
                ("email", CodePointField(320)),
                ("email_key", CodePointField(320, unique=True)),
                ("full_name", CodePointField(200, null=True)),
                ("password_hash", CodePointField(255)),
                ("email_verified", fields.BooleanField(default=False)),
                ("is_active", fields.BooleanField(default=True)),
                ("is_superuser", fields.BooleanField(default=False)),
            ],
            options={
                "table": "users",
                "table_description": (
                    "An account, whose `email_key` is the e-mail case-folded, so that it is "
                    "taken once."
                ),
            },
        ),
        ops.CreateModel(
            name="EmailToken",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        db_index=True,
                        source_field="user_id",
                        to_field="id",
                        related_name="email_tokens",
                    ),
                ),
                ("purpose", CodePointField(20)),
                ("email", CodePointField(320)),
                ("digest", CodePointField(64, unique=True)),
                ("expires_at", UTCDateTimeField(db_index=True)),
                ("used_at", UTCDateTimeField(null=True)),
            ],
            options={
                "table": "email_tokens",
                "table_description": (
                    "A token that was mailed, good once for its purpose and its address."
                ),
            },
        ),
        ops.CreateModel(
            name="Export",
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
                        related_name="exports",
                    ),
                ),
                ("status", CodePointField(10, default="pending")),
                ("finished_at", UTCDateTimeField(null=True)),
                ("row_count", fields.IntField(null=True)),
            ],
            options={
                "table": "exports",
            },
        ),
        ops.CreateModel(
            name="ExportChunk",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                (
                    "export",
                    fields.ForeignKeyField(
                        "models.Export",
                        source_field="export_id",
                        to_field="id",
                        related_name="chunks",
                    ),
                ),
                ("position", fields.IntField()),
                ("content", LongTextField()),
            ],
            options={
                "table": "export_chunks",
                "unique_together": (("export_id", "position"),),
            },
        ),
        ops.CreateModel(
            name="IdempotencyKey",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                (
                    "user",
                    fields.ForeignKeyField(
                        "models.User",
                        source_field="user_id",
                        to_field="id",
                        related_name="idempotency_keys",
                    ),
                ),
                ("key", CodePointField(255)),
                ("fingerprint", CodePointField(64)),
                ("expires_at", UTCDateTimeField(db_index=True)),
                ("location", CodePointField(255, default="")),
                ("etag", CodePointField(50, default="")),
                ("body", LongTextField(default="")),
            ],
            options={
                "table": "idempotency_keys",
                "unique_together": (("user_id", "key"),),
                "table_description": (
                    "A key of a user, the digest of the body that came with it, and the "
                    "answer it got."
                ),
            },
        ),
        ops.CreateModel(
            name="Tag",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "models.User", source_field="owner_id", to_field="id", related_name="tags"
                    ),
                ),
                ("name", CodePointField(50)),
            ],
            options={
                "table": "tags",
                "unique_together": (("owner_id", "name"),),
            },
        ),
        ops.CreateModel(
            name="Todo",
            fields=[
                ("id", fields.UUIDField(primary_key=True, default=uuid7)),
                ("created_at", UTCDateTimeField(default=utc_now)),
                ("updated_at", UTCDateTimeField(default=utc_now)),
                (
                    "owner",
                    fields.ForeignKeyField(
                        "models.User", source_field="owner_id", to_field="id", related_name="todos"
                    ),
                ),
                ("title", CodePointField(200)),
                ("title_folded", CodePointField(600)),
                ("description", LongTextField(default="")),
                ("description_folded", LongTextField(default="")),
                ("status", CodePointField(10, default="open")),
                ("priority", fields.IntField(default=1)),
                ("due_at", UTCDateTimeField(null=True)),
                ("completed_at", UTCDateTimeField(null=True)),
                ("version", fields.IntField(default=1)),
                (
                    "tags",
                    fields.ManyToManyField(
                        "models.Tag",
                        related_name="todos",
                        through="todo_tags",
                        forward_key="tag_id",
                        backward_key="todo_id",
                    ),
                ),
            ],
            options={
                "table": "todos",
                "indexes": [
                    Index(fields=("owner_id", "created_at", "id"), name="ix_todos_owner_created"),
                    Index(fields=("owner_id", "updated_at", "id"), name="ix_todos_owner_updated"),
                    Index(fields=("owner_id", "due_at", "id"), name="ix_todos_owner_due"),
                ],
                "table_description": "A todo, whose case-folded columns are what a search reads.",
            },
        ),
        ops.RunSQL("CREATE INDEX ix_todo_tags_tag_id ON todo_tags (tag_id)", ops.RunSQL.noop),
    ]
