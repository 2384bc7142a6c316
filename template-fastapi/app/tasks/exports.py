"""Building an export."""

from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.services import exports
from app.tasks.queue import JobContext, enqueue

log = structlog.get_logger()


def build_export(session: AsyncSession, export_id: UUID) -> None:
    """Build the export once the session has committed."""
    enqueue(session, _build_export, export_id=export_id)


async def _build_export(context: JobContext, *, export_id: UUID) -> None:
    try:
        async with context.database.transaction() as session:
            started = await exports.start_export(session, export_id=export_id)
        if started:
            async with context.database.transaction() as session:
                await exports.write_export(session, export_id=export_id)
    except Exception:
        log.exception("export_failed", export_id=str(export_id))
        async with context.database.transaction() as session:
            await exports.fail_export(session, export_id=export_id)
