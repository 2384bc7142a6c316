"""Tables."""

from app.models.auth import EmailToken, RefreshToken
from app.models.base import Base
from app.models.exports import Export, ExportChunk
from app.models.idempotency import IdempotencyKey
from app.models.tags import Tag, todo_tags
from app.models.todos import Todo
from app.models.users import User

__all__ = [
    "Base",
    "EmailToken",
    "Export",
    "ExportChunk",
    "IdempotencyKey",
    "RefreshToken",
    "Tag",
    "Todo",
    "User",
    "todo_tags",
]
