"""Todos as CSV (RFC 4180)."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, datetime

from app.models import Todo
from app.models.todos import PriorityRank

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


def header() -> str:
    return _csv([COLUMNS])


def rows(todos: Sequence[Todo]) -> str:
    """Write todos whose tags are loaded."""
    return _csv([_cells(todo) for todo in todos])


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
