from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.core.signals import purging
from apps.exports.models import Export, ExportStatus

PATIENCE = timedelta(hours=1)
UNFINISHED = (ExportStatus.PENDING, ExportStatus.RUNNING)


@receiver(purging)
def fail_abandoned_exports(**_: Any) -> None:
    """Fail exports whose process died an hour ago or more."""
    now = timezone.now()
    abandoned = Export.objects.filter(status__in=UNFINISHED, created_at__lte=now - PATIENCE)
    abandoned.update(status=ExportStatus.FAILED, finished_at=now)
