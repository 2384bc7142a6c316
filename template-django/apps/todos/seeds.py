"""Example data for development."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from apps.todos.models import Priority, TodoStatus
from apps.todos.services import create_todo
from apps.users.models import User, email_key

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"  # noqa: S105


@transaction.atomic
def seed() -> None:
    """Create the example account and its todos, unless it is there already."""
    if User.objects.filter(email_key=email_key(EMAIL)).exists():
        return
    user = User.objects.create_user(EMAIL, PASSWORD, full_name="Ada Lovelace", email_verified=True)
    _create_todos(user)


def _create_todos(user: User) -> None:
    now, owner_id = timezone.now(), user.id
    create_todo(
        owner_id=owner_id,
        title="Water the plants",
        due_at=now + timedelta(hours=6),
        tags=["home"],
    )
    create_todo(
        owner_id=owner_id,
        title="Renew the passport",
        description="The old one and a photograph are needed.",
        priority=Priority.HIGH,
        due_at=now + timedelta(days=30),
        tags=["errands", "travel"],
    )
    create_todo(
        owner_id=owner_id,
        title="Pay the electricity bill",
        priority=Priority.URGENT,
        due_at=now - timedelta(days=1),
        tags=["home", "money"],
    )
    create_todo(owner_id=owner_id, title="Book the train to Lyon", tags=["travel"])
    create_todo(owner_id=owner_id, title="Read a paper on keyset pagination", priority=Priority.LOW)
    create_todo(owner_id=owner_id, title="Buy coffee", status=TodoStatus.DONE, tags=["errands"])
