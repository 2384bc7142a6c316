from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.core.signals import purging
from apps.todos.models import IdempotencyKey


@receiver(purging)
def delete_expired_keys(**_: Any) -> None:
    IdempotencyKey.objects.filter(expires_at__lte=timezone.now()).delete()
