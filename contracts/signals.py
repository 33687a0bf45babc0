"""What the bridge tells workflows. A signal is a fact; each carries only what the workflow needs of it."""

from datetime import datetime

from contracts.enums import StageName, Verdict
from contracts.events.filing import CaseSummary
from contracts.ids import StageId
from contracts.model import Model


class StageConclusion(Model):
    """Signal `stage_concluded`."""

    stage_id: StageId
    stage: StageName
    round: int
    verdict: Verdict
    opinion: str
    correction_due: datetime | None = None


class Correction(Model):
    """Signal `corrected`."""

    revision: int
    case: CaseSummary


class MovedDeadline(Model):
    """Signal `deadline_moved`."""

    stage_id: StageId
    reminders_at: tuple[datetime, ...]
    escalate_at: datetime | None
    deadline_at: datetime


class MovedNotice(Model):
    """Signal `notice_moved`."""

    closes_at: datetime
