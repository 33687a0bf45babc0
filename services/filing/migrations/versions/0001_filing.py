"""Schemes, campaigns, nominations with their revisions, idempotency keys; the national scheme, version 1."""

import json
from importlib import resources

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import UUID as PG_UUID

from chassis.schema import (
    create_idempotency_keys,
    create_inbox,
    create_outbox,
    drop_inbox,
    drop_outbox,
    grant_append_only,
)

revision = "0001"
down_revision = None

UUID = PG_UUID(as_uuid=True)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_outbox()
    create_inbox()
    _create_schemes()
    _create_campaigns()
    _create_nominations()
    _create_revisions()
    create_idempotency_keys()


def downgrade() -> None:
    for table in ("idempotency_keys", "revisions", "nominations", "campaigns", "schemes"):
        op.drop_table(table)
    drop_inbox()
    drop_outbox()


def _create_schemes() -> None:
    schemes = op.create_table(
        "schemes",
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("registered_at", TIME, nullable=False, server_default=sa.func.now()),
        sa.PrimaryKeyConstraint("code", "version", name="pk_schemes"),
    )
    # A later version of the national scheme is another file and another migration: versions never change.
    rules = json.loads((resources.files("services.filing") / "schemes" / "national.json").read_bytes())
    op.bulk_insert(schemes, [{"code": rules["code"], "version": rules["version"], "rules": rules}])
    grant_append_only("schemes")


def _create_campaigns() -> None:
    op.create_table(
        "campaigns",
        sa.Column("id", UUID, nullable=False),
        sa.Column("year", sa.Integer, nullable=False),
        sa.Column("scheme_code", sa.Text, nullable=False),
        sa.Column("scheme_version", sa.Integer, nullable=False),
        sa.Column("title_zh", sa.Text, nullable=False),
        sa.Column("title_en", sa.Text, nullable=False),
        sa.Column("opens_at", TIME, nullable=False),
        sa.Column("closes_at", TIME, nullable=False),
        sa.Column("recommend_by", TIME, nullable=False),
        sa.Column("closed_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_campaigns"),
        sa.UniqueConstraint("scheme_code", "year", name="uq_campaigns_scheme_code_year"),
        sa.ForeignKeyConstraint(
            ["scheme_code", "scheme_version"],
            ["schemes.code", "schemes.version"],
            name="fk_campaigns_scheme_code_scheme_version",
        ),
    )


def _create_nominations() -> None:
    op.create_table(
        "nominations",
        sa.Column("id", UUID, nullable=False),
        sa.Column("campaign_id", UUID, nullable=False),
        sa.Column("credit_code", sa.Text, nullable=False),
        sa.Column("enterprise_name", sa.Text, nullable=False),
        sa.Column("enterprise_type", sa.String(40), nullable=False),
        sa.Column("business_category", sa.Text, nullable=False),
        sa.Column("authority_code", sa.Text),
        sa.Column("central", sa.Boolean, nullable=False),
        sa.Column("status", sa.String(40), nullable=False),
        sa.Column("revision", sa.Integer, nullable=False),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("updated_at", TIME, nullable=False),
        sa.Column("returned_stage", sa.String(40)),
        sa.Column("returned_round", sa.Integer),
        sa.Column("returned_opinion", sa.Text),
        sa.Column("correction_due", TIME),
        sa.Column("withdrawal_requested_at", TIME),
        sa.Column("failed_stage", sa.String(40)),
        sa.Column("failed_cause", sa.Text),
        sa.Column("failed_opinion", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_nominations"),
        sa.ForeignKeyConstraint(["campaign_id"], ["campaigns.id"], name="fk_nominations_campaign_id"),
        sa.UniqueConstraint("campaign_id", "credit_code", name="uq_nominations_campaign_id_credit_code"),
    )
    columns = ["campaign_id", "authority_code", "id"]
    op.create_index("ix_nominations_campaign_id_authority_code_id", "nominations", columns)
    op.create_index("ix_nominations_credit_code", "nominations", ["credit_code"])


def _create_revisions() -> None:
    op.create_table(
        "revisions",
        sa.Column("nomination_id", UUID, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("declaration", JSONB, nullable=False),
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("eligibility", JSONB, nullable=False),
        sa.Column("submitted_at", TIME, nullable=False),
        sa.Column("submitted_by", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("nomination_id", "number", name="pk_revisions"),
        sa.ForeignKeyConstraint(["nomination_id"], ["nominations.id"], name="fk_revisions_nomination_id"),
    )
    grant_append_only("revisions")
