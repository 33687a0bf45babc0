"""Notices, objections, decisions and their entries."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import UUID

revision = "0002"
down_revision = "0001"

ID = UUID(as_uuid=True)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    _create_notices()
    _create_objections()
    _create_decisions()


def downgrade() -> None:
    for table in ("decision_entries", "decisions", "objections", "notices"):
        op.drop_table(table)


def _required(name: str, kind: sa.types.TypeEngine) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, kind, nullable=False)


def _create_notices() -> None:
    op.create_table(
        "notices",
        _required("id", ID),
        _required("campaign_id", ID),
        _required("title", sa.Text()),
        _required("state", sa.Text()),
        _required("prepared_by", sa.Text()),
        _required("prepared_at", TIME),
        sa.Column("published_at", TIME),
        sa.Column("closes_at", TIME),
        sa.Column("journal_root", sa.Text()),
        sa.Column("closed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_notices"),
    )


def _create_objections() -> None:
    op.create_table(
        "objections",
        _required("id", ID),
        _required("notice_id", ID),
        _required("stage_id", ID),
        _required("nomination_id", ID),
        _required("receipt", sa.Text()),
        _required("sealed", sa.LargeBinary()),
        _required("state", sa.Text()),
        _required("filed_at", TIME),
        sa.Column("reasons", sa.Text()),
        sa.Column("resolved_by", sa.Text()),
        sa.Column("resolved_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_objections"),
        sa.ForeignKeyConstraint(["notice_id"], ["notices.id"], name="fk_objections_notice_id"),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_objections_stage_id"),
        sa.UniqueConstraint("receipt", name="uq_objections_receipt"),
    )
    op.create_index("ix_objections_stage_id_state", "objections", ["stage_id", "state"])
    op.create_index("ix_objections_notice_id_id", "objections", ["notice_id", "id"])


def _create_decisions() -> None:
    op.create_table(
        "decisions",
        _required("id", ID),
        _required("campaign_id", ID),
        _required("document_number", sa.Text()),
        _required("state", sa.Text()),
        _required("prepared_by", sa.Text()),
        sa.Column("prepared_name", sa.Text()),
        _required("prepared_at", TIME),
        sa.Column("settled_by", sa.Text()),
        sa.Column("settled_name", sa.Text()),
        sa.Column("settled_at", TIME),
        sa.Column("refusal", sa.Text()),
        sa.PrimaryKeyConstraint("id", name="pk_decisions"),
    )
    op.create_index("ix_decisions_campaign_id_id", "decisions", ["campaign_id", "id"])
    op.create_index(
        "uq_decisions_document_number",
        "decisions",
        ["document_number"],
        unique=True,
        postgresql_where=sa.text("state <> 'REFUSED'"),
    )
    op.create_table(
        "decision_entries",
        _required("decision_id", ID),
        _required("stage_id", ID),
        _required("nomination_id", ID),
        _required("approved", sa.Boolean()),
        sa.Column("reason", sa.Text()),
        sa.PrimaryKeyConstraint("decision_id", "stage_id", name="pk_decision_entries"),
        sa.ForeignKeyConstraint(["decision_id"], ["decisions.id"], name="fk_decision_entries_decision_id"),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_decision_entries_stage_id"),
    )
