"""Create the tables."""

from peewee import (
    BooleanField,
    CompositeKey,
    Database,
    ForeignKeyField,
    IntegerField,
    Model,
    UUIDField,
)
from playhouse.migrate import SchemaMigrator

from app.models.fields import LongTextField, StringField, UTCDateTimeField

TABLES = (
    "users",
    "email_tokens",
    "exports",
    "export_chunks",
    "idempotency_keys",
    "tags",
    "todos",
    "todo_tags",
)


def up(migrator: SchemaMigrator, db: Database) -> None:
    class Base(Model):
        class Meta:
            database = db
            legacy_table_names = False

    class User(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        updated_at = UTCDateTimeField()
        email = StringField(320)
        email_key = StringField(320, unique=True)
        full_name = StringField(200, null=True)
        password_hash = StringField(255)
        email_verified = BooleanField()
        is_active = BooleanField()
        is_superuser = BooleanField()

        class Meta:
            table_name = "users"

    class EmailToken(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        user = ForeignKeyField(User, on_delete="CASCADE")
        purpose = StringField(20)
        email = StringField(320)
        digest = StringField(64, unique=True)
        expires_at = UTCDateTimeField(index=True)
        used_at = UTCDateTimeField(null=True)

        class Meta:
            table_name = "email_tokens"

    class Export(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        owner = ForeignKeyField(User, on_delete="CASCADE")
        status = StringField(10)
        finished_at = UTCDateTimeField(null=True)
        row_count = IntegerField(null=True)

        class Meta:
            table_name = "exports"

    class ExportChunk(Base):
        export = ForeignKeyField(Export, on_delete="CASCADE", index=False)
        position = IntegerField()
        content = LongTextField()

        class Meta:
            table_name = "export_chunks"
            primary_key = CompositeKey("export", "position")

    class IdempotencyKey(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        user = ForeignKeyField(User, on_delete="CASCADE", index=False)
        key = StringField(255)
        fingerprint = StringField(64)
        expires_at = UTCDateTimeField(index=True)
        location = StringField(255)
        etag = StringField(50)
        body = LongTextField()

        class Meta:
            table_name = "idempotency_keys"
            indexes = ((("user", "key"), True),)

    class Tag(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        owner = ForeignKeyField(User, on_delete="CASCADE", index=False)
        name = StringField(50)

        class Meta:
            table_name = "tags"
            indexes = ((("owner", "name"), True),)

    class Todo(Base):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        updated_at = UTCDateTimeField()
        owner = ForeignKeyField(User, on_delete="CASCADE", index=False)
        title = StringField(200)
        title_folded = StringField(600)
        description = LongTextField()
        description_folded = LongTextField()
        status = StringField(10)
        priority = IntegerField()
        due_at = UTCDateTimeField(null=True)
        completed_at = UTCDateTimeField(null=True)
        version = IntegerField()

        class Meta:
            table_name = "todos"
            indexes = (
                (("owner", "created_at", "id"), False),
                (("owner", "updated_at", "id"), False),
                (("owner", "due_at", "id"), False),
            )

    class TodoTag(Base):
        todo = ForeignKeyField(Todo, on_delete="CASCADE", index=False)
        tag = ForeignKeyField(Tag, on_delete="CASCADE")

        class Meta:
            table_name = "todo_tags"
            primary_key = CompositeKey("todo", "tag")

    db.create_tables(
        [User, EmailToken, Export, ExportChunk, IdempotencyKey, Tag, Todo, TodoTag], safe=False
    )


def down(migrator: SchemaMigrator, db: Database) -> None:
    for table in reversed(TABLES):
        db.execute_sql(f"DROP TABLE {table}")
