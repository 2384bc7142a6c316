"""Create the table of notes."""

from peewee import Database, ForeignKeyField, Model, UUIDField
from playhouse.migrate import SchemaMigrator

from app.models.fields import LongTextField, UTCDateTimeField


def up(migrator: SchemaMigrator, db: Database) -> None:
    class User(Model):
        id = UUIDField(primary_key=True)

        class Meta:
            database = db
            table_name = "users"

    class Note(Model):
        id = UUIDField(primary_key=True)
        created_at = UTCDateTimeField()
        owner = ForeignKeyField(User, on_delete="CASCADE")
        text = LongTextField()

        class Meta:
            database = db
            legacy_table_names = False
            table_name = "notes"

    db.create_tables([Note], safe=False)


def down(migrator: SchemaMigrator, db: Database) -> None:
    db.execute_sql("DROP TABLE notes")
