from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from apps.core.signals import purging

KEPT = timedelta(days=7)


@receiver(purging)
def forget_failed_jobs(**_: Any) -> None:
    DBTaskResult.objects.failed().filter(finished_at__lte=timezone.now() - KEPT).delete()
