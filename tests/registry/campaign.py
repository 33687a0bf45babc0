"""A campaign whose nominations were decided, admitted and written into the journal."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from chassis.bus import Envelope
from chassis.db import Database
from chassis.ids import new_id
from contracts.activities.registry import Admit
from contracts.enums import Assignee as Who
from contracts.enums import OnSilence, StageKind, StageName
from contracts.events.filing import CaseSummary, NominationSubmitted
from contracts.events.review import Approved, DecisionSigned
from contracts.model import Text
from contracts.scheme import Ladder, StageSpec, Term
from services.registry.admit import admit
from services.registry.consumers import keep_decision
from services.registry.journal.append import append
from tests.registry.samples import CAMPAIGN, KEYRING, NOON, case, envelope

LADDER = Ladder(
    stages=(
        StageSpec(
            name=StageName.RECOMMENDATION,
            kind=StageKind.REVIEW,
            assignee=Who.AUTHORITY,
            title=Text(zh="省级推荐", en="Recommendation"),
            deadline=Term(seconds=60),
            on_silence=OnSilence.ESCALATE,
        ),
    ),
    correction=Term(seconds=60),
)
CASES = (
    case("91410000CY2XD8E58U", "河南华宏供应链管理股份有限公司", "410000"),
    case("91440000X3EFMCDU1X", "广东畅宏国际物流集团有限公司", "440000"),
    case("91410000MA00000019", '=HYPERLINK("http://evil.example","河南")', "410000"),
    case("91110000MA00000027", "中国某某集团有限公司", None),
)


@dataclass
class Played:
    """What happened: nominations by credit code, the signed decision and its envelope."""

    database: Database
    cases: Sequence[CaseSummary] = CASES
    campaign_id: UUID = CAMPAIGN
    document_number: str = "商流通函〔2022〕1号"
    nominations: dict[str, UUID] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.nominations = {one.credit_code: new_id() for one in self.cases}

    def submitted(self, summary: CaseSummary) -> Envelope:
        nomination = NominationSubmitted(
            nomination_id=self.nominations[summary.credit_code],
            campaign_id=self.campaign_id,
            credit_code=summary.credit_code,
            year=2022,
            revision=1,
            submitted_on=date(2022, 4, 1),
            case=summary,
            ladder=LADDER,
        )
        return envelope(nomination, actor=f"enterprise:{summary.credit_code}")

    def decision(self) -> DecisionSigned:
        return DecisionSigned(
            campaign_id=self.campaign_id,
            decision_id=new_id(),
            document_number=self.document_number,
            prepared_by="officer:zhang",
            signed_by="decider:li",
            signed_at=NOON,
            approved=tuple(
                Approved(
                    nomination_id=self.nominations[one.credit_code],
                    credit_code=one.credit_code,
                    enterprise_name=one.enterprise_name,
                )
                for one in self.cases
            ),
            rejected=(new_id(),),
        )

    async def submit(self) -> None:
        await self.write(*(self.submitted(one) for one in self.cases))

    async def sign(self, *, in_journal: bool = True) -> DecisionSigned:
        decision = self.decision()
        told = envelope(decision, actor="decider:li")
        async with self.database.transaction() as session:
            await keep_decision(session, decision, told)
        if in_journal:
            await self.write(told)
        return decision

    async def admit(self, *cases: CaseSummary) -> None:
        for summary in cases or self.cases:
            nomination_id = self.nominations[summary.credit_code]
            order = Admit(nomination_id=nomination_id, campaign_id=self.campaign_id, year=2022, case=summary)
            async with self.database.transaction() as session:
                await admit(session, order, NOON)

    async def write(self, *envelopes: Envelope) -> None:
        async with self.database.transaction() as session:
            await append(session, envelopes, KEYRING, NOON)

    async def to_the_decision(self) -> DecisionSigned:
        await self.submit()
        decision = await self.sign()
        await self.admit()
        return decision
