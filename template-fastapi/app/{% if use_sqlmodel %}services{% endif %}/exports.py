"""Exports of a user's todos."""

from collections.abc import AsyncIterator, Sequence
from uuid import UUID

from sqlalchemy.orm import selectinload
from sqlmodel import col, select, update
from sqlmodel.ext.asyncio.session import AsyncSession

from app.database import Database, count_updated
from app.errors import Conflict, NotFound
from app.models import Export, ExportChunk, Todo
from app.models.base import attribute, utc_now
from app.models.exports import UNFINISHED, ExportStatus
from app.services import todo_csv

ROWS_A_CHUNK = 500


async def create_export(session: AsyncSession, *, owner_id: UUID) -> Export:
    export = Export(owner_id=owner_id)
    session.add(export)
    await session.flush()
    return export


async def get_export(session: AsyncSession, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    query = select(Export).where(Export.id == export_id, Export.owner_id == owner_id)
    export = (await session.exec(query)).first()
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
        async with database.reading() as session:
            chunk = await session.get(ExportChunk, (export_id, position))
        if chunk is None:
            return
        yield chunk.content
        position += 1


async def start_export(session: AsyncSession, *, export_id: UUID) -> bool:
    """Mark an unfinished export as running; False when it is finished, or gone."""
    started = await count_updated(
        session,
        update(Export)
        .where(col(Export.id) == export_id, col(Export.status).in_(UNFINISHED))
        .values(status=ExportStatus.RUNNING.value),
    )
    return started == 1


async def write_export(session: AsyncSession, *, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done.

    What another process is writing, or has finished, is left to it.
    """
    unfinished = select(Export).where(Export.id == export_id, col(Export.status).in_(UNFINISHED))
    export = (await session.exec(unfinished.with_for_update(skip_locked=True))).first()
    if export is None:
        return
    session.add(ExportChunk(export_id=export_id, position=0, content=todo_csv.header()))
    position, row_count, last = 0, 0, None
    while todos := await _next_todos(session, export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        content = todo_csv.rows(todos)
        session.add(ExportChunk(export_id=export_id, position=position, content=content))
        await session.flush()
        session.expunge_all()
    await _finish(session, export_id, status=ExportStatus.DONE, row_count=row_count)


async def fail_export(session: AsyncSession, *, export_id: UUID) -> None:
    await _finish(session, export_id, status=ExportStatus.FAILED, row_count=None)


async def _finish(
    session: AsyncSession, export_id: UUID, *, status: ExportStatus, row_count: int | None
) -> None:
    await session.exec(
        update(Export)
        .where(col(Export.id) == export_id, col(Export.status).in_(UNFINISHED))
        .values(status=status.value, finished_at=utc_now(), row_count=row_count)
        .execution_options(synchronize_session=False)
    )


async def _next_todos(session: AsyncSession, owner_id: UUID, last: UUID | None) -> Sequence[Todo]:
    query = select(Todo).where(Todo.owner_id == owner_id)
    query = query.options(selectinload(attribute(Todo.tags)))
    if last is not None:
        query = query.where(Todo.id > last)
    return (await session.exec(query.order_by(col(Todo.id)).limit(ROWS_A_CHUNK))).all()
