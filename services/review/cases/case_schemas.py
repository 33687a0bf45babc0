"""What is read of a case."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from pydantic import Field

from contracts.enums import Assignee, Cause, EnterpriseType, Outcome, StageName, Verdict
from contracts.model import Model
from services.review.words import CaseState, StageState, TaskState
from services.review.working_time.countdown import Lamp


class SeatView(Model):
    """One expert of a panel. What was given is shown to the ministry once the panel is done, and to the expert."""

    expert: str | None
    state: TaskState
    percentage: Decimal | None = None
    scores: dict[str, Decimal] = Field(default_factory=dict)
    remark: str | None = None
    scored_at: datetime | None = None


class OpinionView(Model):
    """A verdict with its opinion: department, name, time."""

    task_id: UUID
    assignee: Assignee
    state: TaskState
    verdict: Verdict | None
    opinion: str | None
    department: str | None
    name: str | None
    decided_at: datetime | None


class StageView(Model):
    """`working_days_left` are those of an open stage: 0 on its last day, negative when overdue."""

    stage_id: UUID
    stage: StageName
    round: int
    state: StageState
    verdict: Verdict | None
    cause: Cause | None
    opinion: str | None
    percentage: Decimal | None
    opened_at: datetime
    deadline_at: datetime | None
    working_days_left: int | None
    lamp: Lamp | None
    concluded_at: datetime | None
    correction_due: datetime | None
    notice_id: UUID | None
    decision_id: UUID | None
    opinions: tuple[OpinionView, ...] = ()
    panel: tuple[SeatView, ...] = ()


class CaseView(Model):
    """A case with all rounds of all its stages, in the order they were opened."""

    nomination_id: UUID
    campaign_id: UUID
    year: int
    revision: int
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    business_category: str
    authority_code: str | None
    central: bool
    state: CaseState
    outcome: Outcome | None
    opened_at: datetime
    stages: tuple[StageView, ...]
