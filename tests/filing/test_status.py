"""The status a nomination is shown with, after each fact."""

from datetime import UTC, datetime
from uuid import UUID

import pytest

from contracts.enums import Assignee, Cause, Outcome, StageKind, StageName, Verdict
from contracts.enums import NominationStatus as Status
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    CaseCancelled,
    NoticePublished,
    ObjectionFiled,
    ObjectionResolved,
    StageConcluded,
    StageOpened,
)
from services.filing.status import Fact, moves, next_status

ID = UUID("01900000-0000-7000-8000-000000000001")
DAY = datetime(2022, 5, 1, tzinfo=UTC)
CASE = {"nomination_id": ID, "campaign_id": ID, "credit_code": "91410000CY2XD8E58U"}
KINDS = dict(zip(StageName, StageKind, strict=True))


def opened(stage: StageName, number: int = 1) -> StageOpened:
    return StageOpened(
        **CASE, stage_id=ID, stage=stage, round=number, authority_code=None, kind=KINDS[stage],
        assignee=Assignee.MINISTRY, deadline_at=None,
    )  # fmt: skip


def concluded(stage: StageName, verdict: Verdict) -> StageConcluded:
    return StageConcluded(
        **CASE, stage_id=ID, stage=stage, round=1, authority_code=None, verdict=verdict, cause=Cause.VERDICT,
        opinion="", concluded_at=DAY,
    )  # fmt: skip


def cancelled(outcome: Outcome) -> CaseCancelled:
    return CaseCancelled(**CASE, outcome=outcome)


def resolved(*, upheld: bool, still_open: int = 0) -> ObjectionResolved:
    return ObjectionResolved(**CASE, notice_id=ID, objection_id=ID, upheld=upheld, still_open=still_open)


NOTICED = NoticePublished(
    notice_id=ID, campaign_id=ID, title="公示", nominations=(ID,), published_at=DAY, closes_at=DAY, journal_root=""
)
OBJECTED = ObjectionFiled(**CASE, notice_id=ID, objection_id=ID)
ADMITTED = EnterpriseAdmitted(**CASE, enterprise_name="某公司", authority_code=None)
PUBLISHED = ListPublished(
    list_id=ID, campaign_id=ID, decision_id=ID, document_number="1", published_at=DAY, nominations=(ID,),
    digest="", journal_root="",
)  # fmt: skip
RECOMMENDATION, PANEL, NOTICE, DECISION = StageName

EXPECTED: list[tuple[Status, Fact, Status]] = [
    (Status.AWAITING_RECOMMENDATION, opened(PANEL), Status.UNDER_REVIEW),
    (Status.AWAITING_RECOMMENDATION, concluded(RECOMMENDATION, Verdict.APPROVED), Status.AWAITING_RECOMMENDATION),
    (Status.AWAITING_RECOMMENDATION, concluded(RECOMMENDATION, Verdict.RETURNED), Status.AWAITING_RECOMMENDATION),
    (Status.AWAITING_RECOMMENDATION, concluded(RECOMMENDATION, Verdict.REJECTED), Status.NOT_LISTED),
    (Status.UNDER_REVIEW, opened(NOTICE), Status.AWAITING_NOTICE),
    (Status.UNDER_REVIEW, opened(PANEL, 2), Status.UNDER_REVIEW),
    (Status.AWAITING_NOTICE, NOTICED, Status.ON_NOTICE),
    (Status.ON_NOTICE, OBJECTED, Status.UNDER_OBJECTION),
    (Status.UNDER_OBJECTION, resolved(upheld=False), Status.ON_NOTICE),
    (Status.UNDER_OBJECTION, resolved(upheld=False, still_open=1), Status.UNDER_OBJECTION),
    (Status.UNDER_OBJECTION, resolved(upheld=True), Status.UNDER_OBJECTION),
    (Status.UNDER_OBJECTION, concluded(NOTICE, Verdict.REJECTED), Status.NOT_LISTED),
    (Status.UNDER_OBJECTION, opened(DECISION), Status.AWAITING_DECISION),
    (Status.ON_NOTICE, opened(DECISION), Status.AWAITING_DECISION),
    (Status.AWAITING_DECISION, concluded(DECISION, Verdict.APPROVED), Status.AWAITING_DECISION),
    (Status.AWAITING_DECISION, concluded(DECISION, Verdict.REJECTED), Status.NOT_LISTED),
    (Status.AWAITING_DECISION, ADMITTED, Status.ADMITTED),
    (Status.ADMITTED, PUBLISHED, Status.PUBLISHED),
    (Status.UNDER_REVIEW, cancelled(Outcome.WITHDRAWN), Status.WITHDRAWN),
    (Status.RETURNED, cancelled(Outcome.WITHDRAWN), Status.WITHDRAWN),
    (Status.RETURNED, cancelled(Outcome.LAPSED), Status.NOT_LISTED),
    # Late, or before their turn
    (Status.RETURNED, opened(RECOMMENDATION), Status.RETURNED),
    (Status.RETURNED, opened(PANEL), Status.RETURNED),
    (Status.ON_NOTICE, opened(NOTICE), Status.ON_NOTICE),
    (Status.UNDER_OBJECTION, NOTICED, Status.UNDER_OBJECTION),
    (Status.AWAITING_DECISION, NOTICED, Status.AWAITING_DECISION),
    (Status.AWAITING_DECISION, OBJECTED, Status.AWAITING_DECISION),
    (Status.AWAITING_DECISION, resolved(upheld=False), Status.AWAITING_DECISION),
    (Status.AWAITING_NOTICE, opened(PANEL), Status.AWAITING_NOTICE),
    (Status.UNDER_REVIEW, NOTICED, Status.ON_NOTICE),
    (Status.AWAITING_DECISION, PUBLISHED, Status.PUBLISHED),
    (Status.PUBLISHED, ADMITTED, Status.PUBLISHED),
]


@pytest.mark.parametrize(("current", "fact", "after"), EXPECTED)
def test_next_status(current: Status, fact: Fact, after: Status) -> None:
    assert next_status(current, fact) is after


EVERY_FACT: list[Fact] = [
    *(opened(stage) for stage in StageName),
    *(concluded(stage, verdict) for stage in StageName for verdict in Verdict),
    *(cancelled(outcome) for outcome in (Outcome.WITHDRAWN, Outcome.LAPSED)),
    *(resolved(upheld=upheld) for upheld in (True, False)),
    NOTICED, OBJECTED, ADMITTED, PUBLISHED,
]  # fmt: skip


@pytest.mark.parametrize("final", [Status.ADMITTED, Status.PUBLISHED, Status.NOT_LISTED, Status.WITHDRAWN])
@pytest.mark.parametrize("fact", EVERY_FACT)
def test_a_final_status_stays(final: Status, fact: Fact) -> None:
    allowed = {final, Status.PUBLISHED} if (final, fact) == (Status.ADMITTED, PUBLISHED) else {final}
    assert next_status(final, fact) in allowed


@pytest.mark.parametrize("fact", EVERY_FACT)
def test_a_fact_leads_to_one_status(fact: Fact) -> None:
    assert len(set(moves(fact).values())) <= 1
