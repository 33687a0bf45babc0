"""What is read of a campaign."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from contracts.enums import Assignee, EnterpriseType, Outcome, StageName
from contracts.model import Model
from services.review.batches import DecisionState, NoticeState, ObjectionState
from services.review.words import CaseState


class StageCounts(Model):
    """Rounds of one stage, by how they stand."""

    stage: StageName
    open: int = 0
    approved: int = 0
    returned: int = 0
    rejected: int = 0
    cancelled: int = 0


class AuthorityCounts(Model):
    """Cases of one authority (null: the central enterprises); `waiting` counts its open stages by name."""

    authority_code: str | None
    cases: int
    open: int
    outcomes: dict[Outcome, int]
    waiting: dict[StageName, int]


class CampaignProgress(Model):
    """Counts of cases, rounds of stages, and batches by how they stand; what there is none of is left out."""

    campaign_id: UUID
    cases: int
    open: int
    outcomes: dict[Outcome, int]
    stages: tuple[StageCounts, ...]
    authorities: tuple[AuthorityCounts, ...]
    notices: dict[NoticeState, int]
    objections: dict[ObjectionState, int]
    decisions: dict[DecisionState, int]


class Late(Model):
    """Overdue open tasks of one stage, by who has to do them: `authority_code` is that of an authority alone.

    `oldest_due` is the deadline passed longest ago; `working_days_left` counts from there, so it is not positive.
    """

    assignee: Assignee
    authority_code: str | None
    stage: StageName
    overdue: int
    oldest_due: datetime
    working_days_left: int | None


class CampaignLate(Model):
    """What is late at whom, the longest overdue first."""

    campaign_id: UUID
    overdue: int
    late: tuple[Late, ...]


class RankedCase(Model):
    """A case by what its panel came to. Equal percentages share a `rank`; `stage` is where the case stands now."""

    rank: int
    nomination_id: UUID
    enterprise_name: str
    credit_code: str
    enterprise_type: EnterpriseType | None
    business_category: str
    authority_code: str | None
    central: bool
    percentage: Decimal
    passed: bool
    stage: StageName | None
    state: CaseState
    outcome: Outcome | None


class Ranking(Model):
    """`next` is the cursor of the following page; `total` counts all pages."""

    items: tuple[RankedCase, ...]
    next: str | None
    total: int
