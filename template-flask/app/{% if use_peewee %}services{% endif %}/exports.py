"""Exports of a user's todos."""

from collections.abc import Iterator
from uuid import UUID

from app.database import Database, Session, locked
from app.errors import Conflict, NotFound
from app.models import Export, ExportChunk, Todo
from app.models.base import utc_now
from app.models.exports import UNFINISHED, ExportStatus
from app.models.todos import TAGS
from app.services import todo_csv

ROWS_A_CHUNK = 500


def create_export(_session: Session, *, owner_id: UUID) -> Export:
    return Export.create(owner=owner_id)


def get_export(_session: Session, *, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    export = Export.get_or_none(Export.id == export_id, Export.owner == owner_id)
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
    with database.reading():
        while chunk := ExportChunk.get_or_none(export=export_id, position=position):
            yield chunk.content
            position += 1


def start_export(_session: Session, *, export_id: UUID) -> bool:
    """Mark an unfinished export as running; False when it is finished, or gone."""
    started: int = (
        Export.update(status=ExportStatus.RUNNING.value)
        .where(Export.id == export_id, Export.status.in_(UNFINISHED))
        .execute()
    )
    return started == 1


def write_export(_session: Session, *, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done.

    What another process is writing, or has finished, is left to it.
    """
    unfinished = Export.select().where(Export.id == export_id, Export.status.in_(UNFINISHED))
    export = locked(unfinished, skip_locked=True).get_or_none()
    if export is None:
        return
    ExportChunk.create(export=export_id, position=0, content=todo_csv.header())
    position, row_count, last = 0, 0, None
    while todos := _next_todos(export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        ExportChunk.create(export=export_id, position=position, content=todo_csv.rows(todos))
    _finish(export_id, status=ExportStatus.DONE, row_count=row_count)


def fail_export(_session: Session, *, export_id: UUID) -> None:
    _finish(export_id, status=ExportStatus.FAILED, row_count=None)


def _finish(export_id: UUID, *, status: ExportStatus, row_count: int | None) -> None:
    (
        Export.update(status=status.value, finished_at=utc_now(), row_count=row_count)
        .where(Export.id == export_id, Export.status.in_(UNFINISHED))
        .execute()
    )


def _next_todos(owner_id: UUID, last: UUID | None) -> list[Todo]:
    query = Todo.select().where(Todo.owner == owner_id).with_related(TAGS)
    if last is not None:
        query = query.where(Todo.id > last)
    return list(query.order_by(Todo.id).limit(ROWS_A_CHUNK))
