"""Create the linked accounts."""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from app.dialect import text_type
from app.models.types import UTCDateTime

revision: str = "0003"
down_revision: str | Sequence[str] | None = "0002"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "linked_accounts",
        sa.Column("user_id", sa.Uuid(), nullable=False),
        sa.Column("provider", text_type(20), nullable=False),
        sa.Column("subject", text_type(255), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["user_id"],
            ["users.id"],
            name=op.f("fk_linked_accounts_user_id_users"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint(
            "provider", "subject", name=op.f("uq_linked_accounts_provider_subject")
        ),
    )
    op.create_index(
        op.f("ix_linked_accounts_user_id"), "linked_accounts", ["user_id"], unique=False
    )


def downgrade() -> None:
    op.drop_table("linked_accounts")
