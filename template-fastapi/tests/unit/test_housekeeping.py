"""What has expired is deleted, and what has not is kept."""

import asyncio
from datetime import timedelta

from httpx2 import Client
from sqlalchemy import text

from app.database import Database
from app.models import EmailToken, Export, User
from app.models.base import utc_now
from app.services.housekeeping import EXPORT_PATIENCE, purge_expired
from app.settings import Settings

DIGESTS = text("SELECT digest FROM email_tokens")
STATUSES = text("SELECT status FROM exports ORDER BY created_at")


def test_purge(client: Client, settings: Settings) -> None:
    async def purge() -> tuple[list[str], list[str]]:
        database = Database(settings)
        now = utc_now()
        async with database.transaction() as session:
            user = User(email="a@example.com", email_key="a@example.com", password_hash="x")
            session.add(user)
            await session.flush()
            for name, age in (("old", -1), ("new", 1)):
                session.add(
                    EmailToken(
                        user_id=user.id,
                        purpose="verify-email",
                        email=user.email,
                        digest=name,
                        expires_at=now + timedelta(days=age),
                    )
                )
            session.add(Export(owner_id=user.id, created_at=now - EXPORT_PATIENCE))
            session.add(Export(owner_id=user.id))
        async with database.transaction() as session:
            await purge_expired(session)
        async with database.engine.connect() as connection:
            digests = await connection.scalars(DIGESTS)
            statuses = await connection.scalars(STATUSES)
            found = list(digests), list(statuses)
        await database.dispose()
        return found

    assert asyncio.run(purge()) == (["new"], ["failed", "pending"])
