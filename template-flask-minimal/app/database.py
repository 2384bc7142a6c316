"""The engine, its session, and the base of the tables."""

from datetime import UTC, datetime
from typing import Any

from flask import Flask
from flask_sqlalchemy_lite import SQLAlchemy
from sqlalchemy import Dialect, text
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from app import dialect
from app.settings import Settings

db = SQLAlchemy(session_options={"expire_on_commit": False})


class Base(DeclarativeBase):
    pass


class UTCDateTime(TypeDecorator[datetime]):
    """An aware datetime in UTC, to the microsecond, on every database."""

    impl = dialect.TIMESTAMP
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None or dialect.TIMESTAMP.timezone:
            return value
        return value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def utc_now() -> datetime:
    return datetime.now(UTC)


def engine_options(settings: Settings) -> dict[str, Any]:
    """Return what Flask-SQLAlchemy-Lite makes the engine of."""
    return {"url": settings.database_url, **dialect.engine_options(settings)}


def prepare_engine(app: Flask) -> None:
    """Attach to the app's engine what its database needs."""
    with app.app_context():
        dialect.configure(db.engine)


def ping() -> None:
    """Answer if the database does.

    Raises:
        sqlalchemy.exc.SQLAlchemyError, OSError: it does not.
    """
    with db.engine.connect() as connection:
        connection.execute(text("SELECT 1"))
