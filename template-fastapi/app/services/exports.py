"""Exports of a user's todos as CSV (RFC 4180)."""

import csv
import io
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from app.database import Database, count_updated
from app.errors import Conflict, NotFound
from app.models import Export, ExportChunk, Todo
from app.models.base import utc_now
from app.models.exports import ExportStatus
from app.models.todos import PriorityRank

ROWS_A_CHUNK = 500
COLUMNS = [
    "id",
    "title",
    "description",
    "status",
    "priority",
    "due_at",
    "tags",
    "created_at",
    "updated_at",
    "completed_at",
]
FORMULA_STARTS = ("=", "+", "-", "@")


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
    export = await session.scalar(query)
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
    """Mark a pending export as running; False when it is not pending any more."""
    started = await count_updated(
        session,
        update(Export)
        .where(Export.id == export_id, Export.status == ExportStatus.PENDING.value)
        .values(status=ExportStatus.RUNNING.value),
    )
    return started == 1


async def write_export(session: AsyncSession, *, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done."""
    export = await session.get_one(Export, export_id)
    session.add(ExportChunk(export_id=export_id, position=0, content=_csv([COLUMNS])))
    position, row_count, last = 0, 0, None
    while todos := await _next_todos(session, export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        content = _csv([_cells(todo) for todo in todos])
        session.add(ExportChunk(export_id=export_id, position=position, content=content))
        await session.flush()
        session.expunge_all()
    await _finish(session, export_id, status=ExportStatus.DONE, row_count=row_count)


async def fail_export(session: AsyncSession, *, export_id: UUID) -> None:
    await _finish(session, export_id, status=ExportStatus.FAILED, row_count=None)


async def _finish(
    session: AsyncSession, export_id: UUID, *, status: ExportStatus, row_count: int | None
) -> None:
    await session.execute(
        update(Export)
        .where(Export.id == export_id)
        .values(status=status.value, finished_at=utc_now(), row_count=row_count)
        .execution_options(synchronize_session=False)
    )


async def _next_todos(session: AsyncSession, owner_id: UUID, last: UUID | None) -> Sequence[Todo]:
    query = select(Todo).where(Todo.owner_id == owner_id).options(selectinload(Todo.tags))
    if last is not None:
        query = query.where(Todo.id > last)
    return (await session.scalars(query.order_by(Todo.id).limit(ROWS_A_CHUNK))).all()


def _cells(todo: Todo) -> list[str]:
    return [
        str(todo.id),
        _defuse(todo.title),
        _defuse(todo.description),
        todo.status,
        PriorityRank(todo.priority).name.lower(),
        _moment(todo.due_at),
        _defuse(";".join(tag.name for tag in todo.tags)),
        _moment(todo.created_at),
        _moment(todo.updated_at),
        _moment(todo.completed_at),
    ]


def _defuse(cell: str) -> str:
    """Keep a spreadsheet from reading the cell as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""


def _csv(rows: Sequence[Sequence[str]]) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    return text.getvalue()
