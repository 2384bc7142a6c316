"""What every table has, and how its constraints are named."""

from datetime import UTC, datetime
from typing import Any, cast
from uuid import UUID

from sqlalchemy.orm import InstrumentedAttribute
from sqlmodel import Field, MetaData, SQLModel
from uuid_utils.compat import uuid7

from app.models.types import UTCDateTime

__all__ = ["Identified", "SQLModel", "Timestamped", "attribute", "utc_now"]

# Before the first table: a name is given where a constraint is made.
SQLModel.metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    }
)


def utc_now() -> datetime:
    return datetime.now(UTC)


def attribute(value: object) -> InstrumentedAttribute[Any]:
    """Type a model's attribute as what it is on the class, where `col()` says too little.

    Annotations of a model are of its instances: `Todo.tags` reads as a list, and is what loads one.
    """
    return cast(InstrumentedAttribute[Any], value)


class Identified(SQLModel):
    """A UUIDv7 key (RFC 9562): sortable by creation."""

    id: UUID = Field(default_factory=uuid7, primary_key=True)
    created_at: datetime = Field(default_factory=utc_now, sa_type=UTCDateTime)


class Timestamped(Identified):
    updated_at: datetime = Field(
        default_factory=utc_now, sa_type=UTCDateTime, sa_column_kwargs={"onupdate": utc_now}
    )
