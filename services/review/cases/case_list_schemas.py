"""What a list of cases shows."""

from datetime import datetime
from uuid import UUID

from contracts.enums import EnterpriseType, Outcome, StageName
from contracts.model import Model
from services.review.words import CaseState
from services.review.working_time.countdown import Lamp


class CaseItem(Model):
    """`stage`, `round` and what follows are of the stage that is open; null when none is."""

    nomination_id: UUID
    campaign_id: UUID
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
    stage: StageName | None
    round: int | None
    stage_opened_at: datetime | None
    deadline_at: datetime | None
    working_days_left: int | None
    lamp: Lamp | None


class CasePage(Model):
    """`next` is the cursor of the following page; `total` counts all pages."""

    items: tuple[CaseItem, ...]
    next: UUID | None
    total: int
