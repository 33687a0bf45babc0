"""Cases, their stages, and the tasks of people. `batches.py` has notices, objections and decisions."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from chassis.db import declarative_base
from chassis.idempotency import KeptAnswer
from contracts.enums import Assignee, Cause, EnterpriseType, Outcome, StageKind, StageName, Verdict
from contracts.scheme import StageSpec, Term
from services.review.words import CaseState, StageState, TaskState, Word


class Base(declarative_base()):  # type: ignore[misc]
    __abstract__ = True


TIMES = sa.ARRAY(sa.DateTime(timezone=True))


def _word(words: Any, **options: Any) -> Any:
    return mapped_column(Word(words), **options)


class Case(Base):
    """One nomination in review: the row that everything locks which ends a case.

    A case that was cancelled before its first stage opened has no summary: its texts are empty.
    """

    __tablename__ = "cases"

    nomination_id: Mapped[UUID] = mapped_column(primary_key=True)
    campaign_id: Mapped[UUID]
    year: Mapped[int]
    revision: Mapped[int]
    credit_code: Mapped[str] = mapped_column(sa.Text)
    enterprise_name: Mapped[str] = mapped_column(sa.Text)
    enterprise_type: Mapped[EnterpriseType | None] = _word(EnterpriseType)
    business_category: Mapped[str] = mapped_column(sa.Text)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    central: Mapped[bool]
    state: Mapped[CaseState] = _word(CaseState)
    outcome: Mapped[Outcome | None] = _word(Outcome)
    opened_at: Mapped[datetime]

    __table_args__ = (sa.Index(None, "campaign_id", "authority_code"),)


class Stage(Base):
    """One round of one stage of a case, with what its events tell of the case.

    `then` are the pools that an approval leads into.
    """

    __tablename__ = "stages"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    nomination_id: Mapped[UUID] = mapped_column(sa.ForeignKey("cases.nomination_id"))
    campaign_id: Mapped[UUID]
    year: Mapped[int]
    credit_code: Mapped[str] = mapped_column(sa.Text)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    name: Mapped[StageName] = _word(StageName)
    kind: Mapped[StageKind] = _word(StageKind)
    round: Mapped[int]
    spec: Mapped[dict[str, Any]]
    then: Mapped[list[Any]]
    correction: Mapped[dict[str, Any]]
    returns_left: Mapped[int]
    state: Mapped[StageState] = _word(StageState)
    verdict: Mapped[Verdict | None] = _word(Verdict)
    cause: Mapped[Cause | None] = _word(Cause)
    opinion: Mapped[str | None] = mapped_column(sa.Text)
    percentage: Mapped[Decimal | None] = mapped_column(sa.Numeric(5, 2))
    """What a panel came to that scored: the mean it was decided by."""
    opened_at: Mapped[datetime]
    counted_from: Mapped[datetime]
    """What the deadline is counted from: the opening, or the time the panel was reassigned."""
    reminders_at: Mapped[list[datetime]] = mapped_column(TIMES)
    escalate_at: Mapped[datetime | None]
    deadline_at: Mapped[datetime | None]
    concluded_at: Mapped[datetime | None]
    correction_due: Mapped[datetime | None]
    notice_id: Mapped[UUID | None]
    decision_id: Mapped[UUID | None]

    case: Mapped[Case] = relationship(lazy="raise", innerjoin=True)

    __table_args__ = (
        sa.UniqueConstraint("nomination_id", "name", "round"),
        sa.Index("ix_stages_standing", "campaign_id", "name", "state", "verdict", "nomination_id"),
        sa.Index("ix_stages_open", "campaign_id", "name", postgresql_where=sa.text("state = 'OPEN'")),
        sa.Index(
            "ix_stages_ranking", "campaign_id", "percentage", "id", postgresql_where=sa.text("percentage IS NOT NULL")
        ),
        sa.Index("ix_stages_on_notice", "notice_id", "id", postgresql_where=sa.text("notice_id IS NOT NULL")),
        sa.Index("ix_stages_decision_id", "decision_id", postgresql_where=sa.text("decision_id IS NOT NULL")),
    )

    @property
    def rules(self) -> StageSpec:
        return StageSpec.model_validate(self.spec)

    @property
    def correction_term(self) -> Term:
        return Term.model_validate(self.correction)


class Task(Base):
    """What one person, or one desk, has to do for a stage. `version` grows whenever the task changes hands."""

    __tablename__ = "tasks"

    id: Mapped[UUID] = mapped_column(primary_key=True)
    stage_id: Mapped[UUID] = mapped_column(sa.ForeignKey("stages.id"))
    nomination_id: Mapped[UUID]
    campaign_id: Mapped[UUID]
    kind: Mapped[StageName] = _word(StageName)
    assignee: Mapped[Assignee] = _word(Assignee)
    authority_code: Mapped[str | None] = mapped_column(sa.Text)
    expert: Mapped[str | None] = mapped_column(sa.Text)
    state: Mapped[TaskState] = _word(TaskState)
    version: Mapped[int]
    due_at: Mapped[datetime | None]
    opened_at: Mapped[datetime]
    verdict: Mapped[Verdict | None] = _word(Verdict)
    opinion: Mapped[str | None] = mapped_column(sa.Text)
    percentage: Mapped[Decimal | None] = mapped_column(sa.Numeric(5, 2))
    decided_by: Mapped[str | None] = mapped_column(sa.Text)
    decided_name: Mapped[str | None] = mapped_column(sa.Text)
    decided_department: Mapped[str | None] = mapped_column(sa.Text)
    decided_at: Mapped[datetime | None]
    no_interest_at: Mapped[datetime | None]
    """When the expert declared to have no interest in the enterprise."""
    draft: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True), deferred=True)
    """Scores an expert has not given yet, as `panels.drafts` keeps them."""

    __table_args__ = (
        # An expert who was released from a panel does not come back to it.
        sa.UniqueConstraint("stage_id", "expert"),
        sa.Index("ix_tasks_nomination_id", "nomination_id"),
        # A desk's lists, and their counts out of the index alone.
        sa.Index("ix_tasks_desk", "assignee", "authority_code", "state", "due_at", "id"),
        sa.Index("ix_tasks_due", "due_at", "id", postgresql_where=sa.text("state = 'OPEN'")),
        sa.Index("ix_tasks_done", "decided_at", "id", postgresql_where=sa.text("state = 'DONE'")),
        sa.Index("ix_tasks_expert", "expert", "state", postgresql_where=sa.text("expert IS NOT NULL")),
    )


class Score(Base):
    """An expert's points for one criterion; the remark is the task's opinion."""

    __tablename__ = "scores"

    task_id: Mapped[UUID] = mapped_column(sa.ForeignKey("tasks.id"), primary_key=True)
    criterion: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    points: Mapped[Decimal] = mapped_column(sa.Numeric(6, 2))


class SentReminder(Base):
    """Which reminders were sent: `about` is a stage or a campaign, `number` counts its reminders of one kind."""

    __tablename__ = "sent_reminders"

    about: Mapped[UUID] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True)
    sent_at: Mapped[datetime]


class Expert(Base):
    """`subject` is the `sub` of the expert's token."""

    __tablename__ = "experts"

    subject: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    name: Mapped[str] = mapped_column(sa.Text)
    specialities: Mapped[list[Any]]
    """Enterprise types the expert knows."""
    active: Mapped[bool]
    employer_credit_codes: Mapped[list[Any]]


class Interest(Base):
    """An expert's declared interest in an enterprise."""

    __tablename__ = "interests"

    expert: Mapped[str] = mapped_column(sa.ForeignKey("experts.subject"), primary_key=True)
    credit_code: Mapped[str] = mapped_column(sa.Text, primary_key=True)
    declared_at: Mapped[datetime]
    reason: Mapped[str] = mapped_column(sa.Text)


class CalendarDay(Base):
    """A day that is not what its weekday says: a holiday, or a weekend day worked to make up for one."""

    __tablename__ = "calendar_days"

    day: Mapped[date] = mapped_column(primary_key=True)
    working: Mapped[bool]
    note: Mapped[str] = mapped_column(sa.Text)


class CalendarYear(Base):
    """A year whose schedule is known, and from where. Years without a row are provisional: Monday to Friday."""

    __tablename__ = "calendar_years"

    year: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    source: Mapped[str] = mapped_column(sa.Text)
    updated_at: Mapped[datetime]


class CalendarStamp(Base):
    """One row, new with every change. Who counts by the calendar holds it `FOR SHARE` until the count is stored."""

    __tablename__ = "calendar_stamp"

    stamp: Mapped[UUID] = mapped_column(primary_key=True)


class IdempotencyKey(KeptAnswer, Base):
    """What a caller's key was answered with."""
