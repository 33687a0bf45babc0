"""Enterprises, entries, decisions, lists, the journal and its roots."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

from chassis.schema import create_inbox, create_outbox, drop_inbox, drop_outbox, grant_append_only

revision = "0001"
down_revision = None

ID = UUID(as_uuid=True)
TIME = sa.DateTime(timezone=True)
SUBMITTED = sa.text("type = 'filing.nomination.submitted.v1'")


def upgrade() -> None:
    create_outbox()
    create_inbox()
    _create_lists()
    _create_entries()
    _create_journal()
    for table in ("lists", "entry_history", "journal", "roots"):
        grant_append_only(table)


def downgrade() -> None:
    for table in ("roots", "journal_head", "journal", "entry_history", "entries", "lists", "decisions", "enterprises"):
        op.drop_table(table)
    drop_inbox()
    drop_outbox()


def _text(name: str, *, null: bool = False) -> "sa.Column[str]":
    return sa.Column(name, sa.Text, nullable=null)


def _unique(table: str, *columns: str) -> sa.UniqueConstraint:
    return sa.UniqueConstraint(*columns, name=f"uq_{table}_{'_'.join(columns)}")


def _create_lists() -> None:
    op.create_table(
        "decisions",
        sa.Column("id", ID, primary_key=True),
        sa.Column("event_id", ID, nullable=False),
        sa.Column("campaign_id", ID, nullable=False),
        _text("document_number"),
        sa.Column("signed_at", TIME, nullable=False),
        sa.Column("approved", JSONB, nullable=False),
        _unique("decisions", "event_id"),
    )
    op.create_index("ix_decisions_campaign_id_signed_at", "decisions", ["campaign_id", "signed_at"])
    op.create_table(
        "lists",
        sa.Column("id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("decision_id", ID, sa.ForeignKey("decisions.id"), nullable=False),
        _text("document_number"),
        sa.Column("title", JSONB, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("entry_count", sa.Integer, nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        _text("published_by"),
        _text("content"),
        _text("algorithm"),
        _text("digest"),
        _text("journal_root"),
        _text("proof"),
        _unique("lists", "decision_id"),
        _unique("lists", "document_number"),
    )
    op.create_index("ix_lists_published_at_id", "lists", ["published_at", "id"])


def _create_entries() -> None:
    op.create_table(
        "enterprises",
        sa.Column("credit_code", sa.Text, primary_key=True),
        _text("name"),
        _text("enterprise_type"),
        _text("business_category"),
        _text("authority_code", null=True),
        sa.Column("central", sa.Boolean, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
    )
    op.create_table(
        "entries",
        sa.Column("nomination_id", ID, primary_key=True),
        sa.Column("campaign_id", ID, nullable=False),
        sa.Column("credit_code", sa.Text, sa.ForeignKey("enterprises.credit_code"), nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        _text("enterprise_name"),
        _text("enterprise_type"),
        _text("business_category"),
        _text("authority_code", null=True),
        _text("state"),
        sa.Column("list_id", ID, sa.ForeignKey("lists.id")),
        sa.Column("number", sa.Integer),
        _unique("entries", "campaign_id", "credit_code"),
        _unique("entries", "list_id", "number"),
    )
    op.create_index("ix_entries_credit_code", "entries", ["credit_code"])
    op.create_table(
        "entry_history",
        sa.Column("id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("nomination_id", ID, sa.ForeignKey("entries.nomination_id"), nullable=False),
        _text("state"),
        sa.Column("at", TIME, nullable=False),
        _text("actor"),
        _text("document_number", null=True),
    )
    op.create_index("ix_entry_history_nomination_id", "entry_history", ["nomination_id"])


def _create_journal() -> None:
    op.create_table(
        "journal",
        sa.Column("seq", sa.BigInteger, primary_key=True, autoincrement=False),
        sa.Column("event_id", ID, nullable=False),
        _text("source"),
        _text("type"),
        _text("subject"),
        sa.Column("nomination_id", ID),
        _text("credit_code", null=True),
        sa.Column("campaign_id", ID),
        _text("authority_code", null=True),
        _text("actor"),
        sa.Column("time", TIME, nullable=False),
        sa.Column("received_at", TIME, nullable=False),
        _text("correlation_id", null=True),
        _text("data"),
        _text("algorithm"),
        _text("key_id"),
        sa.Column("digest", sa.LargeBinary, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        _unique("journal", "event_id"),
    )
    _create_journal_indexes()
    op.create_table(
        "journal_head",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("seq", sa.BigInteger, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
        _text("algorithm", null=True),
        _text("key_id", null=True),
        sa.Column("seal", sa.LargeBinary),
        sa.CheckConstraint("id = 1", name="ck_journal_head_one_row"),
    )
    op.execute("INSERT INTO journal_head (id, seq, mac) VALUES (1, 0, decode(repeat('00', 32), 'hex'))")
    op.create_table(
        "roots",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("last_seq", sa.BigInteger, nullable=False),
        _text("root"),
        _text("algorithm"),
        _text("key_id"),
        sa.Column("peaks", sa.LargeBinary, nullable=False),
        _text("reason"),
        sa.Column("sealed_at", TIME, nullable=False),
        sa.Column("mac", sa.LargeBinary, nullable=False),
    )


def _create_journal_indexes() -> None:
    of_a_nomination, of_a_batch = sa.text("nomination_id IS NOT NULL"), sa.text("nomination_id IS NULL")
    for name, columns, where in (
        ("ix_journal_nomination_id", ["nomination_id", "seq"], of_a_nomination),
        ("ix_journal_batches", ["campaign_id", "seq"], of_a_batch),
        ("ix_journal_submitted_credit_code", ["credit_code"], SUBMITTED),
        ("ix_journal_submitted_authority_code", ["authority_code"], SUBMITTED),
    ):
        op.create_index(name, "journal", columns, postgresql_where=where)
