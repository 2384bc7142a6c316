"""Building an export."""

from uuid import UUID

from sqlalchemy.orm import Session

from app.services import exports
from app.tasks.queue import Job, JobContext, enqueue


def build_export(session: Session, export_id: UUID) -> None:
    """Build the export once the session has committed."""
    enqueue(session, BUILD_EXPORT, export_id=str(export_id))


def _build(context: JobContext, *, export_id: str) -> None:
    with context.database.transaction() as session:
        started = exports.start_export(session, export_id=UUID(export_id))
    if started:
        with context.database.transaction() as session:
            exports.write_export(session, export_id=UUID(export_id))


def _fail(context: JobContext, *, export_id: str) -> None:
    with context.database.transaction() as session:
        exports.fail_export(session, export_id=UUID(export_id))


BUILD_EXPORT = Job("build_export", _build, give_up=_fail)
