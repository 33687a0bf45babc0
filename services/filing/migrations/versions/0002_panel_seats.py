"""Who sits on a nomination's panel."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "panel_seats",
        sa.Column("nomination_id", UUID(as_uuid=True), nullable=False),
        sa.Column("expert", sa.Text, nullable=False),
        sa.Column("round", sa.Integer, nullable=False),
        sa.Column("released", sa.Boolean, nullable=False),
        sa.PrimaryKeyConstraint("nomination_id", "expert", name="pk_panel_seats"),
    )


def downgrade() -> None:
    op.drop_table("panel_seats")
