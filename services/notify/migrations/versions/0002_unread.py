"""Unread messages are counted for every page of the console."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    unread = sa.text("channel = 'inbox' AND read_at IS NULL")
    op.create_index("ix_messages_unread", "messages", ["party"], postgresql_where=unread)


def downgrade() -> None:
    op.drop_index("ix_messages_unread", "messages")
