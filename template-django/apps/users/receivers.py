from typing import Any

from django.dispatch import receiver
from django.utils import timezone

from apps.core.signals import purging
from apps.users.models import EmailToken
from apps.users.services import logins


@receiver(purging)
def delete_expired(**_: Any) -> None:
    logins.delete_expired()
    EmailToken.objects.filter(expires_at__lte=timezone.now()).delete()
