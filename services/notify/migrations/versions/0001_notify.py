"""Messages and webhook endpoints."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

from chassis.schema import create_inbox, create_outbox, drop_inbox, drop_outbox

revision = "0001"
down_revision = None

ID = UUID(as_uuid=True)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_outbox()
    create_inbox()
    _create_messages()
    op.create_table(
        "webhook_endpoints",
        sa.Column("id", ID, primary_key=True),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("secret", sa.Text, nullable=False),
        sa.Column("event_types", JSONB, nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("created_by", sa.Text, nullable=False),
    )
    op.create_index("ix_webhook_endpoints_party", "webhook_endpoints", ["party"])


def downgrade() -> None:
    op.drop_table("webhook_endpoints")
    op.drop_table("messages")
    drop_inbox()
    drop_outbox()


def _create_messages() -> None:
    op.create_table(
        "messages",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("event", JSONB, nullable=False),
        sa.Column("party", sa.Text, nullable=False),
        sa.Column("channel", sa.Text, nullable=False),
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("gathered", sa.Boolean, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempts", sa.Integer, nullable=False),
        sa.Column("due_at", TIME, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("created_at", TIME, nullable=False),
        sa.Column("delivered_at", TIME),
        sa.Column("read_at", TIME),
        sa.UniqueConstraint(
            "event_id", "party", "channel", "template", name="uq_messages_event_id_party_channel_template"
        ),
    )
    pending, gathering = sa.text("state = 'pending'"), sa.text("gathered AND state = 'pending'")
    op.create_index("ix_messages_due", "messages", ["due_at"], postgresql_where=pending)
    op.create_index("ix_messages_gathered", "messages", ["party", "template"], unique=True, postgresql_where=gathering)
    op.create_index("ix_messages_party_id", "messages", ["party", "id"])
