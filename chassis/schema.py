"""What migrations of several services need: indexes on tables in use, the outbox with its wake-up call, the inbox,
idempotency keys, grants."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

NOTIFY_RELAY = """
CREATE FUNCTION notify_relay() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$
"""


def build_index(name: str, table: str, columns: Sequence[str], **options: Any) -> None:
    """An index on a table that goes on being read and written. What an interrupted attempt left is replaced.

    What the migration did before is committed first: give it a migration of its own.
    """
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")  # it waits for transactions under way, and nobody waits for it
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, **options)
        op.execute("RESET lock_timeout")


def take_index_away(name: str, table: str) -> None:
    """The same for an index that nobody needs."""
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.execute("RESET lock_timeout")


def create_outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("event_id", PG_UUID(as_uuid=True), nullable=False, unique=True),
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text, nullable=False),
        sa.Column("correlation_id", sa.Text),
        sa.Column("traceparent", sa.Text),
        sa.Column("data", sa.Text, nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
    )
    op.create_index("ix_outbox_unpublished", "outbox", ["id"], postgresql_where=sa.text("published_at IS NULL"))
    op.create_index("ix_outbox_published_at", "outbox", ["published_at"])
    op.execute(NOTIFY_RELAY)
    op.execute("CREATE TRIGGER wake_relay AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION notify_relay()")


def drop_outbox() -> None:
    op.drop_table("outbox")
    op.execute("DROP FUNCTION notify_relay()")


def create_inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", PG_UUID(as_uuid=True), primary_key=True),
        sa.Column("consumer", sa.Text, primary_key=True),
        sa.Column("handled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
    )
    op.create_index("ix_inbox_handled_at", "inbox", ["handled_at"])


def drop_inbox() -> None:
    op.drop_table("inbox")


def create_idempotency_keys() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("caller", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.Column("response", JSONB, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("caller", "key", name="pk_idempotency_keys"),
    )


def grant_append_only(table: str) -> None:
    """The service's own user may read and add rows of `table`, and nothing else; its owner keeps migrations."""
    op.execute(f"""
        DO $$ DECLARE app text := regexp_replace(current_user, '_owner$', ''); BEGIN
          IF app <> current_user THEN
            EXECUTE format('REVOKE ALL ON {table} FROM %I', app);
            EXECUTE format('GRANT SELECT, INSERT ON {table} TO %I', app);
          END IF;
        END $$""")
