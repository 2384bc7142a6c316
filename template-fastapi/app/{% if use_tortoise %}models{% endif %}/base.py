"""What every table has."""

from datetime import UTC, datetime
from typing import Any

from tortoise import Model
from tortoise.fields import UUIDField
from uuid_utils.compat import uuid7

from app.models.fields import UTCDateTimeField


def utc_now() -> datetime:
    return datetime.now(UTC)


class Identified(Model):
    """A UUIDv7 key (RFC 9562): sortable by creation."""

    id = UUIDField(primary_key=True, default=uuid7)
    created_at = UTCDateTimeField(default=utc_now)

    class Meta:
        abstract = True


class Timestamped(Identified):
    updated_at = UTCDateTimeField(default=utc_now)

    class Meta:
        abstract = True

    async def change(self, **values: Any) -> None:
        """Save these values where they are new, and nothing else: no concurrent change is lost."""
        changed = {name: value for name, value in values.items() if getattr(self, name) != value}
        if changed:
            changed["updated_at"] = utc_now()
            self.update_from_dict(changed)
            await self.save(update_fields=changed.keys())
