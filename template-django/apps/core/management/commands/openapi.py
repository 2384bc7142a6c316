import json
from typing import Any

from django.core.management.base import BaseCommand

from apps.core.openapi.views import generate


class Command(BaseCommand):
    help = "Print the OpenAPI document."

    def handle(self, *args: Any, **options: Any) -> None:
        self.stdout.write(json.dumps(generate(), indent=2))
