"""Whether an expert of a panel has declared to have no interest in the enterprise."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Seats of before count as declared: only pages asked until now, and they didn't open a dossier without."""
    op.add_column("panel_seats", sa.Column("declared", sa.Boolean, nullable=False, server_default=sa.true()))
    op.alter_column("panel_seats", "declared", server_default=None)


def downgrade() -> None:
    op.drop_column("panel_seats", "declared")
