from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from apps.users.serializers.auth import Credentials
from apps.users.services.users import create_superuser


class Command(BaseCommand):
    help = "Create a superuser, or give an account that right and this password."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("password")

    def handle(self, *args: Any, **options: Any) -> None:
        given = Credentials(data={name: options[name] for name in ("email", "password")})
        if not given.is_valid():
            name, reasons = next(iter(given.errors.items()))
            raise CommandError(f"{name}: {reasons[0]}")
        user = create_superuser(**given.validated_data)
        self.stdout.write(f"{user.email} is a superuser")
