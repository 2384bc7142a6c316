"""Create the table of todos."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.database import UTCDateTime
from app.dialect import LONG_TEXT, text_type

revision: str = "0001"
down_revision: str | Sequence[str] | None = None
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "todos",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", text_type(200), nullable=False),
        sa.Column("description", LONG_TEXT, nullable=False),
        sa.Column("folded", LONG_TEXT, nullable=False),
        sa.Column("status", text_type(10), nullable=False),
        sa.Column("priority", sa.Integer(), nullable=False),
        sa.Column("due_at", UTCDateTime(), nullable=True),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.Column("updated_at", UTCDateTime(), nullable=False),
        sa.Column("completed_at", UTCDateTime(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index("ix_todos_created_at_id", "todos", ["created_at", "id"])
    op.create_index("ix_todos_updated_at_id", "todos", ["updated_at", "id"])
    op.create_index("ix_todos_due_at_id", "todos", ["due_at", "id"])


def downgrade() -> None:
    op.drop_table("todos")
