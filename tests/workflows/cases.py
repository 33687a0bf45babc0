"""Ladders and cases of the workflow tests."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from contracts.enums import Assignee, EnterpriseType, OnSilence, StageKind, StageName
from contracts.events.filing import CaseSummary
from contracts.model import Text
from contracts.scheme import Criterion, Ladder, PanelRules, StageSpec, Term
from workflows.models import Nomination

CAMPAIGN = UUID("01900000-0000-7000-8000-00000000000c")
SOME_DAY = datetime(2026, 5, 15, 16, tzinfo=UTC)

RECOMMENDATION = StageSpec(
    name=StageName.RECOMMENDATION,
    kind=StageKind.REVIEW,
    assignee=Assignee.AUTHORITY,
    title=Text(zh="省级推荐", en="Recommendation"),
    deadline=Term(on="05-15"),
    reminders=(Term(working_days=5), Term(working_days=2)),
    escalation=Term(working_days=1),
    on_silence=OnSilence.ESCALATE,
)
PANEL = StageSpec(
    name=StageName.PANEL,
    kind=StageKind.PANEL,
    assignee=Assignee.EXPERTS,
    title=Text(zh="专家评审", en="Panel"),
    deadline=Term(working_days=10),
    reminders=(Term(working_days=3),),
    on_silence=OnSilence.REASSIGN,
    panel=PanelRules(
        criteria=(Criterion(code="scale", title=Text(zh="规模", en="Scale"), weight=Decimal(100)),),
    ),
)
NOTICE = StageSpec(
    name=StageName.NOTICE,
    kind=StageKind.NOTICE,
    assignee=Assignee.MINISTRY,
    title=Text(zh="公示", en="Notice"),
    period=Term(working_days=5),
)
DECISION = StageSpec(
    name=StageName.DECISION,
    kind=StageKind.DECISION,
    assignee=Assignee.MINISTRY,
    title=Text(zh="决定", en="Decision"),
)
LADDER = Ladder(stages=(RECOMMENDATION, PANEL, NOTICE, DECISION), correction=Term(working_days=10), max_returns=2)
CENTRAL_LADDER = LADDER.model_copy(update={"stages": (PANEL, NOTICE, DECISION)})


def summary(**changes: Any) -> CaseSummary:
    return CaseSummary(
        enterprise_name="某某物流有限公司",
        credit_code="91410000MA40000000",
        enterprise_type=EnterpriseType.LOGISTICS,
        business_category="trunk",
        authority_code="410000",
        central=False,
    ).model_copy(update=changes)


def nomination(number: int = 1, ladder: Ladder = LADDER, **changes: Any) -> Nomination:
    return Nomination(
        nomination_id=UUID(int=0x01900000_0000_7000_8000_000000000000 + number),
        campaign_id=CAMPAIGN,
        year=2026,
        revision=1,
        case=summary(**changes),
        ladder=ladder,
    )
