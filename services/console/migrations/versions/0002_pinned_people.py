"""Whom at the identity provider an account belongs to."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.add_column("accounts", sa.Column("oidc_issuer", sa.Text))
    op.add_column("accounts", sa.Column("oidc_subject", sa.Text))
    op.create_unique_constraint("uq_accounts_oidc_issuer_oidc_subject", "accounts", ["oidc_issuer", "oidc_subject"])


def downgrade() -> None:
    op.drop_constraint("uq_accounts_oidc_issuer_oidc_subject", "accounts")
    op.drop_column("accounts", "oidc_subject")
    op.drop_column("accounts", "oidc_issuer")
