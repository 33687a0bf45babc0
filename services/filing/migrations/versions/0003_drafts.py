"""Drafts of declarations."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

revision = "0003"
down_revision = "0002"

TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "drafts",
        sa.Column("campaign_id", UUID(as_uuid=True), nullable=False),
        sa.Column("credit_code", sa.Text, nullable=False),
        sa.Column("declaration", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.PrimaryKeyConstraint("campaign_id", "credit_code", name="pk_drafts"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_drafts_campaign_id"),
    )


def downgrade() -> None:
    op.drop_table("drafts")
