"""Which event tells whom what. A pure table; `tell` reads it.

Volume is kept low: staff are told by e-mail of single cases only in gathered form (one e-mail that says that tasks
wait), and an authority gets no message for each nomination on its way.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from contracts.authorities import AUTHORITIES
from contracts.enums import Assignee, Reminder, Verdict
from contracts.events import Event
from contracts.events.filing import CampaignOpened, NominationEvent
from contracts.events.notify import DeliveryAbandoned
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
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
from services.notify import parties

WAITING = "tasks_waiting"
"""The template of gathered e-mails."""


class Channel(StrEnum):
    INBOX = "inbox"
    EMAIL = "email"
    WEBHOOK = "webhook"


class Mail(StrEnum):
    """Whether a message also goes by e-mail: not, each one, or all of one party gathered into one."""

    NONE = "none"
    EACH = "each"
    GATHERED = "gathered"


@dataclass(frozen=True)
class Tell:
    """One message to make. A gathered one is made only while none like it waits."""

    party: str
    channel: Channel
    template: str
    gathered: bool = False


def always(_event: Event) -> bool:
    return True


def the_enterprise(event: NominationEvent) -> Iterable[str]:
    yield parties.enterprise(event.credit_code)


def the_ministry(_event: Event) -> Iterable[str]:
    yield parties.MINISTRY


def its_authority(event: StageEscalated | AuthorityReminded) -> Iterable[str]:
    """Nobody for a central state-owned enterprise."""
    if event.authority_code:
        yield parties.authority(event.authority_code)


def every_authority(_event: Event) -> Iterable[str]:
    return map(parties.authority, AUTHORITIES)


def authorities_and_ministry(event: Event) -> Iterable[str]:
    yield from every_authority(event)
    yield parties.MINISTRY


def the_assignee(event: StageReminded) -> Iterable[str]:
    if event.assignee is Assignee.EXPERTS:
        return map(parties.expert, event.experts)
    if event.assignee is Assignee.AUTHORITY and event.authority_code:
        return [parties.authority(event.authority_code)]
    return [parties.MINISTRY]


def the_appointed(event: PanelReassigned) -> Iterable[str]:
    return map(parties.expert, event.appointed)


def returned(event: StageConcluded) -> bool:
    return event.verdict is Verdict.RETURNED


def rejected(event: StageConcluded) -> bool:
    return event.verdict is Verdict.REJECTED


def escalated(event: StageReminded) -> bool:
    """An escalation goes to the ministry too, unless the task is the ministry's in the first place."""
    return event.reminder is Reminder.ESCALATION and event.assignee is not Assignee.MINISTRY


@dataclass(frozen=True)
class Rule:
    event: type[Event]
    to: Callable[[Any], Iterable[str]]
    template: str
    mail: Mail = Mail.EACH
    when: Callable[[Any], bool] = always


RULES = (
    Rule(CampaignOpened, every_authority, "campaign_opened"),
    Rule(AuthorityReminded, its_authority, "recommendations_due"),
    Rule(StageConcluded, the_enterprise, "returned", when=returned),
    Rule(StageConcluded, the_enterprise, "rejected", when=rejected),
    Rule(StageReminded, the_assignee, "reminder", Mail.GATHERED),
    Rule(StageReminded, the_ministry, "escalation", Mail.GATHERED, when=escalated),
    Rule(StageEscalated, the_ministry, "taken_over", Mail.GATHERED),
    Rule(StageEscalated, its_authority, "handed_over", Mail.NONE),
    Rule(PanelReassigned, the_appointed, "appointed", Mail.GATHERED),
    Rule(PanelShort, the_ministry, "panel_short", Mail.GATHERED),
    Rule(CaseCancelled, the_enterprise, "cancelled"),
    Rule(NoticePublished, authorities_and_ministry, "notice_published"),
    Rule(NoticeClosed, the_ministry, "notice_closed", Mail.NONE),
    Rule(ObjectionFiled, the_ministry, "objection_filed"),
    Rule(DecisionPrepared, the_ministry, "decision_prepared"),
    Rule(DecisionRefused, the_ministry, "decision_refused"),
    Rule(DecisionSigned, the_ministry, "decision_signed", Mail.NONE),
    Rule(EnterpriseAdmitted, the_enterprise, "admitted"),
    Rule(ListPublished, authorities_and_ministry, "list_published"),
    # never by e-mail: a message about a message that can't be sent must not be one
    Rule(DeliveryAbandoned, the_ministry, "delivery_abandoned", Mail.NONE),
)


def tell(event: Event) -> list[Tell]:
    """The messages that an event makes, webhooks apart."""
    return [
        message
        for rule in RULES
        if isinstance(event, rule.event) and rule.when(event)
        for party in rule.to(event)
        for message in _by_channels(party, rule)
    ]


def _by_channels(party: str, rule: Rule) -> Iterable[Tell]:
    yield Tell(party, Channel.INBOX, rule.template)
    if rule.mail is Mail.EACH:
        yield Tell(party, Channel.EMAIL, rule.template)
    elif rule.mail is Mail.GATHERED:
        yield Tell(party, Channel.EMAIL, WAITING, gathered=True)
