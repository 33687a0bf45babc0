"""Facts of the review service. Objectors' names and experts' remarks never leave it."""

from datetime import datetime
from decimal import Decimal

from contracts.enums import Assignee, Cause, Outcome, Reminder, StageKind, StageName, Verdict
from contracts.events.base import Event, PersonalDataErased, event
from contracts.events.filing import NominationEvent
from contracts.ids import (
    CampaignId,
    DecisionId,
    NominationId,
    NoticeId,
    ObjectionId,
    StageId,
    TaskId,
    campaign_key,
    decision_key,
    notice_key,
)
from contracts.model import Model


class StageEvent(NominationEvent):
    """Something about one round of one stage of a case."""

    stage_id: StageId
    stage: StageName
    round: int
    authority_code: str | None


@event("review.stage.opened.v1")
class StageOpened(StageEvent):
    """`experts` are those appointed to a panel."""

    kind: StageKind
    assignee: Assignee
    deadline_at: datetime | None
    experts: tuple[str, ...] = ()


@event("review.stage.concluded.v1")
class StageConcluded(StageEvent):
    """A stage came to its end. `correction_due` is set when it was returned."""

    verdict: Verdict
    cause: Cause
    opinion: str
    concluded_at: datetime
    correction_due: datetime | None = None


@event("review.stage.reminded.v1")
class StageReminded(StageEvent):
    """The deadline is near and tasks are open; an escalation goes to the ministry as well."""

    reminder: Reminder
    assignee: Assignee
    deadline_at: datetime
    experts: tuple[str, ...] = ()


@event("review.stage.escalated.v1")
class StageEscalated(StageEvent):
    """Nobody answered in time: the task went over to the ministry."""


@event("review.panel.reassigned.v1")
class PanelReassigned(StageEvent):
    """Seats of a panel went to other experts: a recusal, or silence until the deadline."""

    released: tuple[str, ...]
    appointed: tuple[str, ...]
    deadline_at: datetime | None


@event("review.panel.short.v1")
class PanelShort(StageEvent):
    """A panel has too few experts: it waits for others to be registered. `filled` counts the seats that are taken."""

    seats: int
    filled: int


@event("review.deadline.moved.v1")
class DeadlineMoved(StageEvent):
    """The working-day calendar changed, and an open deadline with it."""

    old: datetime
    new: datetime
    reminders_at: tuple[datetime, ...]
    escalate_at: datetime | None


@event("review.verdict.recorded.v1")
class VerdictRecorded(StageEvent):
    """One person's verdict on one task."""

    task_id: TaskId
    verdict: Verdict
    opinion: str
    decided_by: str


@event("review.score.recorded.v1")
class ScoreRecorded(StageEvent):
    """An expert's weighted percentage; remarks stay in review.

    `no_interest`: declared with the scores, to have none in the enterprise; else there is a declaration of before.
    """

    task_id: TaskId
    expert: str
    percentage: Decimal
    no_interest: bool = False


@event("review.no_interest.declared.v1")
class NoInterestDeclared(StageEvent):
    """An expert of a panel declared to have no interest in the enterprise."""

    task_id: TaskId
    expert: str


@event("review.case.cancelled.v1")
class CaseCancelled(NominationEvent):
    """A case ended without a decision: withdrawn or lapsed."""

    outcome: Outcome
    authority_code: str | None = None


class BatchEvent(Event):
    campaign_id: CampaignId


class NoticeEvent(BatchEvent):
    notice_id: NoticeId

    @property
    def subject(self) -> str:
        return notice_key(self.notice_id)


@event("review.notice.prepared.v1")
class NoticePrepared(NoticeEvent):
    """An officer put a batch together; it becomes public as soon as the journal's root is known."""

    title: str
    nominations: tuple[NominationId, ...]
    document_number: str | None = None


@event("review.notice.published.v1")
class NoticePublished(NoticeEvent):
    title: str
    nominations: tuple[NominationId, ...]
    published_at: datetime
    closes_at: datetime
    journal_root: str
    document_number: str | None = None


@event("review.notice.moved.v1")
class NoticeMoved(NoticeEvent):
    """The working-day calendar changed, and the end of a running notice with it."""

    old: datetime
    new: datetime


@event("review.notice.closed.v1")
class NoticeClosed(NoticeEvent):
    """The period is over; `held` are the cases whose objections are still open."""

    cleared: int
    held: int


@event("review.objection.filed.v1")
class ObjectionFiled(NominationEvent):
    notice_id: NoticeId
    objection_id: ObjectionId


@event("review.objection.resolved.v1")
class ObjectionResolved(NominationEvent):
    """`upheld`: the case is out; else dismissed, and the case goes on once no other objection is open."""

    notice_id: NoticeId
    objection_id: ObjectionId
    upheld: bool
    still_open: int


class Approved(Model):
    nomination_id: NominationId
    credit_code: str
    enterprise_name: str


class DecisionEvent(BatchEvent):
    decision_id: DecisionId
    document_number: str

    @property
    def subject(self) -> str:
        return decision_key(self.decision_id)


@event("review.decision.prepared.v1")
class DecisionPrepared(DecisionEvent):
    prepared_by: str
    approved: int
    rejected: int


@event("review.decision.signed.v1")
class DecisionSigned(DecisionEvent):
    """Two different people prepared and signed it. `approved` is the list that was decided."""

    prepared_by: str
    signed_by: str
    signed_at: datetime
    approved: tuple[Approved, ...]
    rejected: tuple[NominationId, ...]


@event("review.decision.refused.v1")
class DecisionRefused(DecisionEvent):
    """The decision-maker sent it back; its cases wait for another decision."""

    refused_by: str
    reason: str


@event("review.authority.reminded.v1")
class AuthorityReminded(BatchEvent):
    """How many recommendations an authority still owes a campaign, and until when."""

    authority_code: str
    pending: int
    recommend_by: datetime

    @property
    def subject(self) -> str:
        return campaign_key(self.campaign_id)


@event("review.personal_data.erased.v1")
class ReviewDataErased(PersonalDataErased):
    """Objectors, experts, names beside acts."""
