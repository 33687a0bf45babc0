"""One event of each kind that concerns somebody, and how it comes over the bus."""

from datetime import UTC, datetime
from typing import Any, TypeVar
from uuid import UUID

from chassis.bus import Envelope
from chassis.ids import new_id
from contracts.enums import Assignee, Cause, Outcome, Reminder, StageName, Verdict
from contracts.events import Event
from contracts.events.filing import CampaignOpened
from contracts.events.notify import DeliveryAbandoned
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    Approved,
    AuthorityReminded,
    CaseCancelled,
    DecisionPrepared,
    DecisionRefused,
    DecisionSigned,
    NoticeClosed,
    NoticePublished,
    ObjectionFiled,
    PanelReassigned,
    PanelShort,
    StageConcluded,
    StageEscalated,
    StageReminded,
)
from contracts.model import Text

CREDIT_CODE = "91410100MA3X0XXX0X"
ENTERPRISE, HENAN, MINISTRY = f"enterprise:{CREDIT_CODE}", "authority:410000", "ministry"
AT = datetime(2026, 5, 15, 10, 30, tzinfo=UTC)
SOME = UUID("0190f000-0000-7000-8000-000000000001")
CASE: dict[str, Any] = {"nomination_id": SOME, "campaign_id": SOME, "credit_code": CREDIT_CODE}
STAGE = {**CASE, "stage_id": SOME, "stage": StageName.RECOMMENDATION, "round": 1, "authority_code": "410000"}
BATCH: dict[str, Any] = {"campaign_id": SOME, "notice_id": SOME}
DECISION: dict[str, Any] = {"campaign_id": SOME, "decision_id": SOME, "document_number": "商流通函〔2026〕1号"}
CONCLUDED = {"cause": Cause.VERDICT, "opinion": "缺少审计报告", "concluded_at": AT}
E = TypeVar("E", bound=Event)

RETURNED = StageConcluded(**STAGE, **CONCLUDED, verdict=Verdict.RETURNED, correction_due=AT)
REJECTED = StageConcluded(**STAGE, **CONCLUDED, verdict=Verdict.REJECTED)
APPROVED = StageConcluded(**STAGE, **CONCLUDED, verdict=Verdict.APPROVED)
REMINDED = StageReminded(**STAGE, reminder=Reminder.REMINDER, assignee=Assignee.AUTHORITY, deadline_at=AT)
ESCALATED = StageEscalated(**STAGE)
APPOINTED = PanelReassigned(**STAGE, released=("li",), appointed=("wang", "zhao"), deadline_at=AT)
SHORT = PanelShort(**STAGE, seats=3, filled=1)
CANCELLED = CaseCancelled(**CASE, outcome=Outcome.WITHDRAWN, authority_code="410000")
OBJECTION = ObjectionFiled(**CASE, notice_id=SOME, objection_id=SOME)
ADMITTED = EnterpriseAdmitted(**CASE, enterprise_name="中原物流", authority_code="410000")
NOTICE = NoticePublished(
    **BATCH, title="拟列名单公示", nominations=(SOME,), published_at=AT, closes_at=AT, journal_root="00"
)
LIST = ListPublished(**DECISION, list_id=SOME, published_at=AT, nominations=(SOME,), digest="ab", journal_root="00")
OWED = AuthorityReminded(campaign_id=SOME, authority_code="410000", pending=3, recommend_by=AT)
OPENED = CampaignOpened(
    campaign_id=SOME, year=2026, title=Text(zh="2026年申报", en="Campaign of 2026"), scheme_code="national",
    scheme_version=1, opens_at=AT, closes_at=AT, recommend_by=AT, authority_reminders=(),
)  # fmt: skip
PREPARED = DecisionPrepared(**DECISION, prepared_by="zhang", approved=2, rejected=1)
REFUSED = DecisionRefused(**DECISION, refused_by="li", reason="请复核")
SIGNED = DecisionSigned(
    **DECISION, prepared_by="zhang", signed_by="li", signed_at=AT, rejected=(),
    approved=(Approved(nomination_id=SOME, credit_code=CREDIT_CODE, enterprise_name="中原物流"),),
)  # fmt: skip
CLOSED = NoticeClosed(**BATCH, cleared=2, held=1)
ABANDONED = DeliveryAbandoned(message_id=SOME, channel="email", party=ENTERPRISE, attempts=14, error="SMTP 451")
SAMPLES: tuple[Event, ...] = (
    RETURNED, REJECTED, APPROVED, REMINDED, ESCALATED, APPOINTED, SHORT, CANCELLED, OBJECTION, ADMITTED, NOTICE, LIST,
    OWED, OPENED, PREPARED, REFUSED, SIGNED, CLOSED, ABANDONED,
)  # fmt: skip


def changed(event: E, **changes: Any) -> E:
    return event.model_copy(update=changes)


def envelope_of(event: Event) -> Envelope:
    """As a new event, come over the bus."""
    return Envelope(
        id=new_id(),
        source="urn:liaison:review",
        type=event.TYPE,
        subject=event.subject,
        time=AT,
        actor="officer:zhang",
        correlation_id="case-1",
        traceparent=None,
        data=event.model_dump_json().encode(),
    )
