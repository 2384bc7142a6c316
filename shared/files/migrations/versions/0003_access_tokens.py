"""Create the access tokens."""

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
        "access_tokens",
        sa.Column("refresh_token_id", sa.Uuid(), nullable=False),
        sa.Column("digest", text_type(64), nullable=False),
        sa.Column("expires_at", UTCDateTime(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_at", UTCDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["refresh_token_id"],
            ["refresh_tokens.id"],
            name=op.f("fk_access_tokens_refresh_token_id_refresh_tokens"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("digest", name=op.f("uq_access_tokens_digest")),
    )
    op.create_index(
        op.f("ix_access_tokens_refresh_token_id"),
        "access_tokens",
        ["refresh_token_id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_table("access_tokens")
