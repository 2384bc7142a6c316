from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from apps.broker.schedule import send_periodic_jobs


class Command(BaseCommand):
    help = "Send the periodic jobs when they are due; one is enough."

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.BROKER_URL:
            raise CommandError("BROKER_URL must be set; without it the service runs its jobs")
        send_periodic_jobs()
