"""Building an export."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.services import exports
from app.tasks.queue import Job, JobContext, enqueue


def build_export(session: AsyncSession, export_id: UUID) -> None:
    """Build the export once the session has committed."""
    enqueue(session, BUILD_EXPORT, export_id=str(export_id))


async def _build(context: JobContext, *, export_id: str) -> None:
    async with context.database.transaction() as session:
        started = await exports.start_export(session, export_id=UUID(export_id))
    if started:
        async with context.database.transaction() as session:
            await exports.write_export(session, export_id=UUID(export_id))


async def _fail(context: JobContext, *, export_id: str) -> None:
    async with context.database.transaction() as session:
        await exports.fail_export(session, export_id=UUID(export_id))


BUILD_EXPORT = Job("build_export", _build, give_up=_fail)
