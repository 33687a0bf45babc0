"""Cases, stages, tasks, scores; experts and their interests; the working calendar, seeded."""

from uuid import uuid4

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB, UUID

from chassis.clock import now
from chassis.schema import create_inbox, create_outbox, drop_inbox, drop_outbox
from services.review.working_time.calendar_seed import SOURCE, seed_days, seed_years

revision = "0001"
down_revision = None

ID = UUID(as_uuid=True)
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_outbox()
    create_inbox()
    _create_cases()
    _create_stages()
    _create_tasks()
    _create_experts()
    _create_calendar()


def downgrade() -> None:
    for table in (
        "calendar_stamp",
        "calendar_years",
        "calendar_days",
        "interests",
        "experts",
        "sent_reminders",
        "scores",
        "tasks",
        "stages",
        "cases",
    ):
        op.drop_table(table)
    drop_inbox()
    drop_outbox()


def _required(name: str, kind: sa.types.TypeEngine) -> sa.Column:  # type: ignore[type-arg]
    return sa.Column(name, kind, nullable=False)


def _create_cases() -> None:
    op.create_table(
        "cases",
        _required("nomination_id", ID),
        _required("campaign_id", ID),
        _required("year", sa.Integer()),
        _required("revision", sa.Integer()),
        _required("credit_code", sa.Text()),
        _required("enterprise_name", sa.Text()),
        sa.Column("enterprise_type", sa.Text()),
        _required("business_category", sa.Text()),
        sa.Column("authority_code", sa.Text()),
        _required("central", sa.Boolean()),
        _required("state", sa.Text()),
        sa.Column("outcome", sa.Text()),
        _required("opened_at", TIME),
        sa.PrimaryKeyConstraint("nomination_id", name="pk_cases"),
    )
    op.create_index("ix_cases_campaign_id_authority_code", "cases", ["campaign_id", "authority_code"])


def _create_stages() -> None:
    op.create_table(
        "stages",
        _required("id", ID),
        _required("nomination_id", ID),
        _required("campaign_id", ID),
        _required("year", sa.Integer()),
        _required("credit_code", sa.Text()),
        sa.Column("authority_code", sa.Text()),
        _required("name", sa.Text()),
        _required("kind", sa.Text()),
        _required("round", sa.Integer()),
        _required("spec", JSONB()),
        _required("then", JSONB()),
        _required("correction", JSONB()),
        _required("returns_left", sa.Integer()),
        _required("state", sa.Text()),
        sa.Column("verdict", sa.Text()),
        sa.Column("cause", sa.Text()),
        sa.Column("opinion", sa.Text()),
        _required("opened_at", TIME),
        _required("counted_from", TIME),
        _required("reminders_at", sa.ARRAY(TIME)),
        sa.Column("escalate_at", TIME),
        sa.Column("deadline_at", TIME),
        sa.Column("concluded_at", TIME),
        sa.Column("correction_due", TIME),
        sa.Column("notice_id", ID),
        sa.Column("decision_id", ID),
        sa.PrimaryKeyConstraint("id", name="pk_stages"),
        sa.ForeignKeyConstraint(["nomination_id"], ["cases.nomination_id"], name="fk_stages_nomination_id"),
        sa.UniqueConstraint("nomination_id", "name", "round", name="uq_stages_nomination_id_name_round"),
    )
    op.create_index("ix_stages_open", "stages", ["campaign_id", "name"], postgresql_where=sa.text("state = 'OPEN'"))
    for column in ("notice_id", "decision_id"):
        op.create_index(f"ix_stages_{column}", "stages", [column], postgresql_where=sa.text(f"{column} IS NOT NULL"))


def _create_tasks() -> None:
    op.create_table(
        "tasks",
        _required("id", ID),
        _required("stage_id", ID),
        _required("nomination_id", ID),
        _required("campaign_id", ID),
        _required("kind", sa.Text()),
        _required("assignee", sa.Text()),
        sa.Column("authority_code", sa.Text()),
        sa.Column("expert", sa.Text()),
        _required("state", sa.Text()),
        _required("version", sa.Integer()),
        sa.Column("due_at", TIME),
        _required("opened_at", TIME),
        sa.Column("verdict", sa.Text()),
        sa.Column("opinion", sa.Text()),
        sa.Column("percentage", sa.Numeric(5, 2)),
        sa.Column("decided_by", sa.Text()),
        sa.Column("decided_name", sa.Text()),
        sa.Column("decided_department", sa.Text()),
        sa.Column("decided_at", TIME),
        sa.PrimaryKeyConstraint("id", name="pk_tasks"),
        sa.ForeignKeyConstraint(["stage_id"], ["stages.id"], name="fk_tasks_stage_id"),
        sa.UniqueConstraint("stage_id", "expert", name="uq_tasks_stage_id_expert"),
    )
    op.create_index("ix_tasks_nomination_id", "tasks", ["nomination_id"])
    op.create_index(
        "ix_tasks_open",
        "tasks",
        ["assignee", "authority_code", "due_at", "id"],
        postgresql_where=sa.text("state = 'OPEN'"),
    )
    op.create_index("ix_tasks_done", "tasks", ["decided_at", "id"], postgresql_where=sa.text("state = 'DONE'"))
    op.create_index("ix_tasks_expert", "tasks", ["expert", "state"], postgresql_where=sa.text("expert IS NOT NULL"))
    op.create_table(
        "scores",
        _required("task_id", ID),
        _required("criterion", sa.Text()),
        _required("points", sa.Numeric(6, 2)),
        sa.PrimaryKeyConstraint("task_id", "criterion", name="pk_scores"),
        sa.ForeignKeyConstraint(["task_id"], ["tasks.id"], name="fk_scores_task_id"),
    )
    op.create_table(
        "sent_reminders",
        _required("about", ID),
        _required("kind", sa.Text()),
        _required("number", sa.Integer()),
        _required("sent_at", TIME),
        sa.PrimaryKeyConstraint("about", "kind", "number", name="pk_sent_reminders"),
    )


def _create_experts() -> None:
    op.create_table(
        "experts",
        _required("subject", sa.Text()),
        _required("name", sa.Text()),
        _required("specialities", JSONB()),
        _required("active", sa.Boolean()),
        _required("employer_credit_codes", JSONB()),
        sa.PrimaryKeyConstraint("subject", name="pk_experts"),
    )
    op.create_table(
        "interests",
        _required("expert", sa.Text()),
        _required("credit_code", sa.Text()),
        _required("declared_at", TIME),
        _required("reason", sa.Text()),
        sa.PrimaryKeyConstraint("expert", "credit_code", name="pk_interests"),
        sa.ForeignKeyConstraint(["expert"], ["experts.subject"], name="fk_interests_expert"),
    )


def _create_calendar() -> None:
    days = op.create_table(
        "calendar_days",
        _required("day", sa.Date()),
        _required("working", sa.Boolean()),
        _required("note", sa.Text()),
        sa.PrimaryKeyConstraint("day", name="pk_calendar_days"),
    )
    years = op.create_table(
        "calendar_years",
        sa.Column("year", sa.Integer(), autoincrement=False, nullable=False),
        _required("source", sa.Text()),
        _required("updated_at", TIME),
        sa.PrimaryKeyConstraint("year", name="pk_calendar_years"),
    )
    stamp = op.create_table("calendar_stamp", _required("stamp", ID), sa.PrimaryKeyConstraint("stamp"))
    op.bulk_insert(days, [day._asdict() for day in seed_days()])
    op.bulk_insert(years, [{"year": year, "source": SOURCE, "updated_at": now()} for year in seed_years()])
    op.bulk_insert(stamp, [{"stamp": uuid4()}])
