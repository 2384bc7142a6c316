"""Exports of a user's todos."""

from collections.abc import Iterator, Sequence
from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.orm import Session, selectinload

from app.database import Database, count_updated
from app.errors import Conflict, NotFound
from app.models import Export, ExportChunk, Todo
from app.models.base import utc_now
from app.models.exports import UNFINISHED, ExportStatus
from app.services import todo_csv

ROWS_A_CHUNK = 500


def create_export(session: Session, *, owner_id: UUID) -> Export:
    export = Export(owner_id=owner_id)
    session.add(export)
    session.flush()
    return export


def get_export(session: Session, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    query = select(Export).where(Export.id == export_id, Export.owner_id == owner_id)
    export = session.scalar(query)
    if export is None:
        raise NotFound("There is no such export")
    return export


def get_done_export(session: Session, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export that can be downloaded.

    Raises:
        NotFound: it is not there, or not the owner's.
        Conflict: it is not done.
    """
    export = get_export(session, owner_id=owner_id, export_id=export_id)
    if export.status != ExportStatus.DONE.value:
        raise Conflict("The export is not done")
    return export


def read_export(database: Database, *, export_id: UUID) -> Iterator[str]:
    """Yield the chunks of a done export, one at a time."""
    position = 0
    with database.reading() as session:
        while chunk := session.get(ExportChunk, (export_id, position)):
            yield chunk.content
            session.expunge(chunk)
            position += 1


def start_export(session: Session, *, export_id: UUID) -> bool:
    """Mark an unfinished export as running; False when it is finished, or gone."""
    started = count_updated(
        session,
        update(Export)
        .where(Export.id == export_id, Export.status.in_(UNFINISHED))
        .values(status=ExportStatus.RUNNING.value),
    )
    return started == 1


def write_export(session: Session, *, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done.

    What another process is writing, or has finished, is left to it.
    """
    unfinished = select(Export).where(Export.id == export_id, Export.status.in_(UNFINISHED))
    export = session.scalar(unfinished.with_for_update(skip_locked=True))
    if export is None:
        return
    session.add(ExportChunk(export_id=export_id, position=0, content=todo_csv.header()))
    position, row_count, last = 0, 0, None
    while todos := _next_todos(session, export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        content = todo_csv.rows(todos)
        session.add(ExportChunk(export_id=export_id, position=position, content=content))
        session.flush()
        session.expunge_all()
    _finish(session, export_id, status=ExportStatus.DONE, row_count=row_count)


def fail_export(session: Session, *, export_id: UUID) -> None:
    _finish(session, export_id, status=ExportStatus.FAILED, row_count=None)


def _finish(
    session: Session, export_id: UUID, *, status: ExportStatus, row_count: int | None
) -> None:
    session.execute(
        update(Export)
        .where(Export.id == export_id, Export.status.in_(UNFINISHED))
        .values(status=status.value, finished_at=utc_now(), row_count=row_count)
        .execution_options(synchronize_session=False)
    )


def _next_todos(session: Session, owner_id: UUID, last: UUID | None) -> Sequence[Todo]:
    query = select(Todo).where(Todo.owner_id == owner_id).options(selectinload(Todo.tags))
    if last is not None:
        query = query.where(Todo.id > last)
    return session.scalars(query.order_by(Todo.id).limit(ROWS_A_CHUNK)).all()
