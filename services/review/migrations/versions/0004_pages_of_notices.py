"""Enterprises on a notice are read in its order, a page at a time."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

ON_NOTICE = sa.text("notice_id IS NOT NULL")


def upgrade() -> None:
    op.create_index("ix_stages_on_notice", "stages", ["notice_id", "id"], postgresql_where=ON_NOTICE)
    op.drop_index("ix_stages_notice_id", "stages")


def downgrade() -> None:
    op.create_index("ix_stages_notice_id", "stages", ["notice_id"], postgresql_where=ON_NOTICE)
    op.drop_index("ix_stages_on_notice", "stages")
