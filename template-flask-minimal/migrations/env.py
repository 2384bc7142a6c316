"""Runs migrations on the database that `DATABASE_URL` names, or on a given connection."""

from alembic import context
from sqlalchemy import Connection

from app.database import Base, db
from app.main import create_app
from app.models import Todo

TABLES = (Todo,)


def run_migrations(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


if (given := context.config.attributes.get("connection")) is not None:
    run_migrations(given)
else:
    with create_app().app_context(), db.engine.begin() as connection:
        run_migrations(connection)
