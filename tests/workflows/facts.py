"""Events as other services record them, and envelopes around them."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from chassis.bus import Envelope
from chassis.clock import now
from contracts.enums import Cause, StageName, Verdict
from contracts.events import Event
from contracts.events.filing import CampaignOpened, NominationCorrected, NominationSubmitted, WithdrawalRequested
from contracts.events.registry import ListPublished
from contracts.events.review import DeadlineMoved, NoticeMoved, NoticePrepared, StageConcluded
from contracts.model import Text
from tests.workflows.cases import CAMPAIGN, LADDER, SOME_DAY, nomination, summary
from tests.workflows.parties import stage_id
from tests.workflows.scenarios import NOTICE_ID

CASE = nomination()
NOMINATION: dict[str, Any] = {
    "nomination_id": CASE.nomination_id,
    "campaign_id": CAMPAIGN,
    "credit_code": CASE.case.credit_code,
}


def submitted() -> NominationSubmitted:
    return NominationSubmitted(
        **NOMINATION, year=2026, revision=1, submitted_on=date(2026, 4, 2), case=CASE.case, ladder=LADDER
    )


def concluded(stage: StageName, verdict: Verdict = Verdict.APPROVED, round_: int = 1) -> StageConcluded:
    return StageConcluded(
        **NOMINATION,
        stage_id=stage_id(CASE.nomination_id, stage, round_),
        stage=stage,
        round=round_,
        authority_code=CASE.case.authority_code,
        verdict=verdict,
        cause=Cause.VERDICT,
        opinion="意见",
        concluded_at=now(),
        correction_due=now() + timedelta(days=10) if verdict is Verdict.RETURNED else None,
    )


def deadline_moved(to: datetime) -> DeadlineMoved:
    stage = StageName.RECOMMENDATION
    return DeadlineMoved(
        **NOMINATION,
        stage_id=stage_id(CASE.nomination_id, stage, 1),
        stage=stage,
        round=1,
        authority_code=CASE.case.authority_code,
        old=SOME_DAY,
        new=to,
        reminders_at=(),
        escalate_at=None,
    )


def corrected(revision: int) -> NominationCorrected:
    return NominationCorrected(**NOMINATION, revision=revision, case=summary())


def withdrawal_requested() -> WithdrawalRequested:
    return WithdrawalRequested(**NOMINATION, reason="改变计划")


def campaign_opened(closes_at: datetime) -> CampaignOpened:
    return CampaignOpened(
        campaign_id=CAMPAIGN,
        year=2026,
        title=Text(zh="2026年", en="2026"),
        scheme_code="national",
        scheme_version=1,
        opens_at=SOME_DAY,
        closes_at=closes_at,
        recommend_by=closes_at,
        authority_reminders=(),
    )


def notice_prepared() -> NoticePrepared:
    return NoticePrepared(campaign_id=CAMPAIGN, notice_id=NOTICE_ID, title="公示", nominations=(CASE.nomination_id,))


def notice_moved(to: datetime) -> NoticeMoved:
    return NoticeMoved(campaign_id=CAMPAIGN, notice_id=NOTICE_ID, old=SOME_DAY, new=to)


def list_published() -> ListPublished:
    return ListPublished(
        list_id=UUID(int=1),
        campaign_id=CAMPAIGN,
        decision_id=UUID(int=2),
        document_number="商办〔2026〕1号",
        published_at=SOME_DAY,
        nominations=(CASE.nomination_id,),
        digest="d",
        journal_root="r00t",
    )


def enveloped(event: Event, age: timedelta = timedelta()) -> Envelope:
    return Envelope(
        id=uuid4(),
        source="urn:liaison:tests",
        type=event.TYPE,
        subject=event.subject,
        time=now() - age,
        actor="system",
        correlation_id=event.subject,
        traceparent=None,
        data=event.model_dump_json().encode(),
    )
