"""Exports as the API shows them."""

from datetime import datetime
from uuid import UUID

from app.models.exports import ExportStatus
from app.schemas.base import Response


class Export(Response):
    id: UUID
    status: ExportStatus
    created_at: datetime
    finished_at: datetime | None
    row_count: int | None
