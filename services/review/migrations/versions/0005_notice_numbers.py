"""Notices have a document number and the name of who prepared them; answers are kept by idempotency key."""

import sqlalchemy as sa
from alembic import op

from chassis.schema import create_idempotency_keys

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    op.add_column("notices", sa.Column("document_number", sa.Text))
    op.add_column("notices", sa.Column("prepared_name", sa.Text))
    op.create_unique_constraint("uq_notices_document_number", "notices", ["document_number"])
    create_idempotency_keys()


def downgrade() -> None:
    op.drop_table("idempotency_keys")
    op.drop_constraint("uq_notices_document_number", "notices")
    op.drop_column("notices", "prepared_name")
    op.drop_column("notices", "document_number")
