"""Answers are kept by idempotency key."""

from alembic import op

from chassis.schema import create_idempotency_keys

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    create_idempotency_keys()


def downgrade() -> None:
    op.drop_table("idempotency_keys")
