"""Building an export."""

from uuid import UUID

from django.tasks import task

from apps.exports import services


@task
def build_export(*, export_id: str) -> None:
    if services.start_export(export_id=UUID(export_id)):
        services.write_export(export_id=UUID(export_id))
