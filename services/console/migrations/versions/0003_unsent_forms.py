"""Forms that were not sent."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0003"
down_revision = "0002"

ID = UUID(as_uuid=True)


def upgrade() -> None:
    op.create_table(
        "unsent_forms",
        sa.Column("id", ID, primary_key=True),
        sa.Column("account_id", ID, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("fields", sa.LargeBinary, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["account_id"], ["accounts.id"], name="fk_unsent_forms_account_id"),
    )
    op.create_index("ix_unsent_forms_account_id", "unsent_forms", ["account_id"])
    op.create_index("ix_unsent_forms_kept_at", "unsent_forms", ["kept_at"])


def downgrade() -> None:
    op.drop_table("unsent_forms")
