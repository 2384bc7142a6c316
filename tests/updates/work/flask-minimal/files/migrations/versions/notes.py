"""Create the table of notes."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.dialect import LONG_TEXT

revision: str = "notes"
down_revision: str | Sequence[str] | None = "HEAD"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "notes",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("text", LONG_TEXT, nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )


def downgrade() -> None:
    op.drop_table("notes")
