"""Runs migrations on the database that `DATABASE_URL` names."""

from alembic import context
from sqlalchemy import Connection

from app.extensions import db
from app.main import create_app
from app.models import Base
from app.settings import get_settings


def run_migrations(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        compare_type=True,
        render_as_batch=connection.dialect.name == "sqlite",
    )
    with context.begin_transaction():
        context.run_migrations()


def run_online() -> None:
    with create_app().app_context(), db.engine.begin() as connection:
        run_migrations(connection)


def run_offline() -> None:
    context.configure(
        url=get_settings().database_url, target_metadata=Base.metadata, literal_binds=True
    )
    with context.begin_transaction():
        context.run_migrations()


if context.is_offline_mode():
    run_offline()
elif (given := context.config.attributes.get("connection")) is not None:
    run_migrations(given)
else:
    run_online()
