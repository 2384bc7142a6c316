from typing import Any

from django.core.management.base import BaseCommand

from apps.todos import seeds


class Command(BaseCommand):
    help = "Fill the database with an example account and its todos; a second run adds nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        seeds.seed()
        self.stdout.write(f"Log in as {seeds.EMAIL} with the password: {seeds.PASSWORD}")
