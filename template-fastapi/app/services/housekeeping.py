"""Deleting what has expired."""

from datetime import timedelta

from sqlalchemy import delete, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import EmailToken, Export, IdempotencyKey, RefreshToken
from app.models.base import utc_now
from app.models.exports import ExportStatus

EXPORT_PATIENCE = timedelta(hours=1)
UNFINISHED = (ExportStatus.PENDING.value, ExportStatus.RUNNING.value)


async def purge_expired(session: AsyncSession) -> None:
    """Delete expired tokens and keys, and fail exports whose process died an hour ago or more."""
    now = utc_now()
    for model in (RefreshToken, EmailToken, IdempotencyKey):
        await session.execute(delete(model).where(model.expires_at <= now))
    await session.execute(
        update(Export)
        .where(Export.status.in_(UNFINISHED), Export.created_at <= now - EXPORT_PATIENCE)
        .values(status=ExportStatus.FAILED.value, finished_at=now)
    )
