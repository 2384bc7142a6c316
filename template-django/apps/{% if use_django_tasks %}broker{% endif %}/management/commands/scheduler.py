from typing import Any

from django.core.management.base import BaseCommand

from apps.broker.process import repeat
from apps.broker.scheduler import Scheduler


class Command(BaseCommand):
    help = "Ask for the periodic jobs when they are due; one is enough."

    def handle(self, *args: Any, **options: Any) -> None:
        repeat(Scheduler().step)
