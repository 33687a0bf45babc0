"""Power that waits for a second administrator. Administrators sign in anew, with a second factor."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("held_by", JSONB, nullable=False, server_default="[]"))
    op.alter_column("accounts", "held_by", server_default=None)
    op.add_column("accounts", sa.Column("held_at", sa.DateTime(timezone=True)))
    op.execute(
        "DELETE FROM sessions USING accounts WHERE sessions.account_id = accounts.id"
        " AND accounts.roles ? 'admin' AND accounts.totp_enabled_at IS NULL"
    )


def downgrade() -> None:
    op.drop_column("accounts", "held_at")
    op.drop_column("accounts", "held_by")
