"""Example data for development."""

from datetime import timedelta

from app.database import AsyncSession
from app.models import User
from app.models.base import utc_now
from app.models.todos import TodoStatus
from app.passwords import hash_password
from app.schemas.todos import Priority, TodoCreate
from app.services.todos import create_todo
from app.services.users import email_key, find_user_by_email

EMAIL = "ada@example.com"
PASSWORD = "correct horse battery"  # noqa: S105


async def seed(session: AsyncSession) -> None:
    """Create the example account and its todos, unless it is there already."""
    if await find_user_by_email(session, EMAIL) is not None:
        return
    user = await User.create(
        email=EMAIL,
        email_key=email_key(EMAIL),
        full_name="Ada Lovelace",
        password_hash=await hash_password(PASSWORD),
        email_verified=True,
    )
    for todo in _todos():
        await create_todo(session, owner_id=user.id, data=todo)


def _todos() -> list[TodoCreate]:
    now = utc_now()
    return [
        TodoCreate(title="Water the plants", due_at=now + timedelta(hours=6), tags=["home"]),
        TodoCreate(
            title="Renew the passport",
            description="The old one and a photograph are needed.",
            priority=Priority.HIGH,
            due_at=now + timedelta(days=30),
            tags=["errands", "travel"],
        ),
        TodoCreate(
            title="Pay the electricity bill",
            priority=Priority.URGENT,
            due_at=now - timedelta(days=1),
            tags=["home", "money"],
        ),
        TodoCreate(title="Book the train to Lyon", tags=["travel"]),
        TodoCreate(title="Read a paper on keyset pagination", priority=Priority.LOW),
        TodoCreate(title="Buy coffee", status=TodoStatus.DONE, tags=["errands"]),
    ]
