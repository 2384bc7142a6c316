"""Exports and their contents, in chunks so that a download streams."""

from django.conf import settings
from django.db import models

from apps.core.models import Identified


class ExportStatus(models.TextChoices):
    PENDING = "pending", "pending"
    RUNNING = "running", "running"
    DONE = "done", "done"
    FAILED = "failed", "failed"


UNFINISHED = (ExportStatus.PENDING, ExportStatus.RUNNING)


class Export(Identified):
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.DB_CASCADE, related_name="exports")
    status = models.CharField(max_length=10, choices=ExportStatus, default=ExportStatus.PENDING)
    finished_at = models.DateTimeField(null=True)
    row_count = models.PositiveIntegerField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M} ({self.status})"


class ExportChunk(models.Model):
    export = models.ForeignKey(Export, models.DB_CASCADE, related_name="chunks", db_index=False)
    position = models.PositiveIntegerField()
    content = models.TextField()

    class Meta:
        ordering = ("position",)
        constraints = (
            models.UniqueConstraint(
                fields=["export", "position"], name="position_in_export_is_unique"
            ),
        )

    def __str__(self) -> str:
        return f"{self.export_id}/{self.position}"
