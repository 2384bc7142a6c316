from typing import Any

from django.core.management.base import BaseCommand

from apps.broker.process import repeat
from apps.broker.worker import Worker


class Command(BaseCommand):
    help = "Do the jobs that wait in the database, one at a time; start it again for more."

    def handle(self, *args: Any, **options: Any) -> None:
        repeat(Worker().step)
