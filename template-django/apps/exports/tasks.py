"""Building an export."""

from uuid import UUID

import structlog
from django.tasks import task

from apps.exports import services

log = structlog.get_logger()


@task
def build_export(export_id: str) -> None:
    try:
        if services.start_export(export_id=UUID(export_id)):
            services.write_export(export_id=UUID(export_id))
    except Exception:
        log.exception("export_failed", export_id=export_id)
        services.fail_export(export_id=UUID(export_id))
