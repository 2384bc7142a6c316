from typing import Any

from django.core.management.base import BaseCommand

from apps.core.signals import purging


class Command(BaseCommand):
    help = "Delete expired tokens and keys; run it every hour."

    def handle(self, *args: Any, **options: Any) -> None:
        purging.send(sender=Command)
