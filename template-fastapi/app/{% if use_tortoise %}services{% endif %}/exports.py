"""Exports of a user's todos."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from app.database import AsyncSession, Database
from app.errors import Conflict, NotFound
from app.models import Export, ExportChunk, Todo
from app.models.base import utc_now
from app.models.exports import UNFINISHED, ExportStatus
from app.services import todo_csv

ROWS_A_CHUNK = 500


async def create_export(_session: AsyncSession, *, owner_id: UUID) -> Export:
    return await Export.create(owner_id=owner_id)


async def get_export(_session: AsyncSession, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    export = await Export.get_or_none(id=export_id, owner_id=owner_id)
    if export is None:
        raise NotFound("There is no such export")
    return export


async def get_done_export(session: AsyncSession, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export that can be downloaded.

    Raises:
        NotFound: it is not there, or not the owner's.
        Conflict: it is not done.
    """
    export = await get_export(session, owner_id=owner_id, export_id=export_id)
    if export.status != ExportStatus.DONE.value:
        raise Conflict("The export is not done")
    return export


async def read_export(database: Database, *, export_id: UUID) -> AsyncIterator[str]:
    """Yield the chunks of a done export, one at a time."""
    position = 0
    while True:
        async with database.reading():
            chunk = await ExportChunk.get_or_none(export_id=export_id, position=position)
        if chunk is None:
            return
        yield chunk.content
        position += 1


async def start_export(_session: AsyncSession, *, export_id: UUID) -> bool:
    """Mark an unfinished export as running; False when it is finished, or gone."""
    unfinished = Export.filter(id=export_id, status__in=UNFINISHED)
    return await unfinished.update(status=ExportStatus.RUNNING.value) == 1


async def write_export(session: AsyncSession, *, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done.

    What another process is writing, or has finished, is left to it.
    """
    unfinished = Export.filter(id=export_id, status__in=UNFINISHED)
    export = await unfinished.select_for_update(skip_locked=True).get_or_none()
    if export is None:
        return
    await ExportChunk.create(export_id=export_id, position=0, content=todo_csv.header())
    position, row_count, last = 0, 0, None
    while todos := await _next_todos(export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        content = todo_csv.rows(todos)
        await ExportChunk.create(export_id=export_id, position=position, content=content)
    await _finish(session, export_id, status=ExportStatus.DONE, row_count=row_count)


async def fail_export(session: AsyncSession, *, export_id: UUID) -> None:
    await _finish(session, export_id, status=ExportStatus.FAILED, row_count=None)


async def _finish(
    _session: AsyncSession, export_id: UUID, *, status: ExportStatus, row_count: int | None
) -> None:
    await Export.filter(id=export_id, status__in=UNFINISHED).update(
        status=status.value, finished_at=utc_now(), row_count=row_count
    )


async def _next_todos(owner_id: UUID, last: UUID | None) -> Sequence[Todo]:
    query = Todo.filter(owner_id=owner_id).prefetch_related("tags")
    if last is not None:
        query = query.filter(id__gt=last)
    return await query.order_by("id").limit(ROWS_A_CHUNK)
