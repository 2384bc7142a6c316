"""Create the table of notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.dialect import LONG_TEXT
from app.models.types import UTCDateTime

revision: str = "notes"
down_revision: str | Sequence[str] | None = "HEAD"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("owner_id", sa.Uuid(), nullable=False),
        sa.Column("text", LONG_TEXT, nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner_id"], ["users.id"], name=op.f("fk_notes_owner_id_users"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_index(op.f("ix_notes_owner_id"), "notes", ["owner_id"], unique=False)


def downgrade() -> None:
    op.drop_table("notes")
