"""Exports of a user's todos as CSV (RFC 4180)."""

import csv
import io
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from apps.core.errors import Conflict, NotFound
from apps.exports.models import UNFINISHED, Export, ExportChunk, ExportStatus
from apps.todos.models import Todo
from apps.todos.services import select_todos

ROWS_A_CHUNK = 500
COLUMNS = (
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
)
FORMULA_STARTS = ("=", "+", "-", "@")


def create_export(*, owner_id: UUID) -> Export:
    return Export.objects.create(owner_id=owner_id)


def get_export(*, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export.

    Raises:
        NotFound: it is not there, or not the owner's.
    """
    export = Export.objects.filter(id=export_id, owner_id=owner_id).first()
    if export is None:
        raise NotFound("There is no such export")
    return export


def get_done_export(*, owner_id: UUID, export_id: UUID) -> Export:
    """Return an export that can be downloaded.

    Raises:
        NotFound: it is not there, or not the owner's.
        Conflict: it is not done.
    """
    export = get_export(owner_id=owner_id, export_id=export_id)
    if export.status != ExportStatus.DONE:
        raise Conflict("The export is not done")
    return export


def read_export(*, export_id: UUID) -> Iterator[str]:
    """Yield the chunks of a done export, one at a time."""
    position = 0
    while chunk := ExportChunk.objects.filter(export_id=export_id, position=position).first():
        yield chunk.content
        position += 1


def start_export(*, export_id: UUID) -> bool:
    """Mark an unfinished export as running; False when it is finished, or gone."""
    unfinished = Export.objects.filter(id=export_id, status__in=UNFINISHED)
    return unfinished.update(status=ExportStatus.RUNNING) == 1


@transaction.atomic
def write_export(*, export_id: UUID) -> None:
    """Write every todo of the export's owner, chunk by chunk, and mark the export as done.

    What another process is writing, or has finished, is left to it.
    """
    unfinished = Export.objects.filter(id=export_id, status__in=UNFINISHED)
    export = unfinished.select_for_update(skip_locked=True).first()
    if export is None:
        return
    _write_chunk(export, 0, [COLUMNS])
    position, row_count, last = 0, 0, None
    while todos := _next_todos(export.owner_id, last):
        position, row_count, last = position + 1, row_count + len(todos), todos[-1].id
        _write_chunk(export, position, [_cells(todo) for todo in todos])
    _finish(export_id, status=ExportStatus.DONE, row_count=row_count)


def fail_export(*, export_id: UUID) -> None:
    _finish(export_id, status=ExportStatus.FAILED, row_count=None)


def _finish(export_id: UUID, *, status: ExportStatus, row_count: int | None) -> None:
    Export.objects.filter(id=export_id, status__in=UNFINISHED).update(
        status=status, finished_at=timezone.now(), row_count=row_count
    )


def _next_todos(owner_id: UUID, last: UUID | None) -> list[Todo]:
    todos = select_todos(owner_id=owner_id)
    if last is not None:
        todos = todos.filter(id__gt=last)
    return list(todos.order_by("id")[:ROWS_A_CHUNK])


def _write_chunk(export: Export, position: int, rows: Sequence[Sequence[str]]) -> None:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows(rows)
    ExportChunk.objects.create(export=export, position=position, content=text.getvalue())


def _cells(todo: Todo) -> list[str]:
    return [
        str(todo.id),
        _defuse(todo.title),
        _defuse(todo.description),
        todo.status,
        todo.get_priority_display(),
        _moment(todo.due_at),
        _defuse(";".join(todo.tag_names)),
        _moment(todo.created_at),
        _moment(todo.updated_at),
        _moment(todo.completed_at),
    ]


def _defuse(cell: str) -> str:
    """Keep a spreadsheet from reading the cell as a formula (OWASP, CSV injection)."""
    return f"'{cell}" if cell.startswith(FORMULA_STARTS) else cell


def _moment(moment: datetime | None) -> str:
    return moment.astimezone(UTC).isoformat().replace("+00:00", "Z") if moment else ""
