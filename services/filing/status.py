"""What a nomination's status becomes when something happened to it elsewhere. Pure."""

from typing import TypeAlias

from contracts.enums import NominationStatus as Status
from contracts.enums import Outcome, StageName, Verdict
from contracts.events.registry import EnterpriseAdmitted, ListPublished
from contracts.events.review import (
    CaseCancelled,
    NoticePublished,
    ObjectionFiled,
    ObjectionResolved,
    StageConcluded,
    StageOpened,
)

CaseFact: TypeAlias = (
    StageOpened | StageConcluded | ObjectionFiled | ObjectionResolved | CaseCancelled | EnterpriseAdmitted
)
Fact: TypeAlias = CaseFact | NoticePublished | ListPublished

ON_STAGE: dict[StageName, Status] = {
    StageName.RECOMMENDATION: Status.AWAITING_RECOMMENDATION,
    StageName.PANEL: Status.UNDER_REVIEW,
    StageName.NOTICE: Status.AWAITING_NOTICE,
    StageName.DECISION: Status.AWAITING_DECISION,
}
HEIGHT: dict[Status, int] = {
    Status.AWAITING_RECOMMENDATION: 0,
    Status.UNDER_REVIEW: 0,
    Status.AWAITING_NOTICE: 1,
    Status.ON_NOTICE: 2,
    Status.UNDER_OBJECTION: 3,
    Status.AWAITING_DECISION: 4,
}
"""From the notice on, no case comes back: a fact that would lower it is late. Before, a correction may."""


def next_status(current: Status, fact: Fact) -> Status:
    """The status after a fact; the same one when the fact changes nothing, or comes too late to.

    A final status stays, but an admitted enterprise is published with its list. A returned nomination leaves that
    status by its correction or its end only, which filing itself judges.
    """
    if current.is_final:
        admitted = current is Status.ADMITTED and isinstance(fact, ListPublished)
        return Status.PUBLISHED if admitted else current
    return _ended_by(fact) or _climbed(current, fact)


def moves(fact: Fact) -> dict[Status, Status]:
    """Every status that a fact changes, and to what: one UPDATE can then do it without reading the row first."""
    return {status: after for status in Status if (after := next_status(status, fact)) is not status}


def _ended_by(fact: Fact) -> Status | None:
    match fact:
        case StageConcluded(verdict=Verdict.REJECTED):
            return Status.NOT_LISTED
        case CaseCancelled(outcome=outcome):
            return Status.WITHDRAWN if outcome is Outcome.WITHDRAWN else Status.NOT_LISTED
        case EnterpriseAdmitted():
            return Status.ADMITTED
        case ListPublished():
            return Status.PUBLISHED
    return None


def _climbed(current: Status, fact: Fact) -> Status:
    if current is Status.RETURNED:
        return current
    match fact:
        case StageOpened(stage=stage):
            return _raised(current, ON_STAGE[stage])
        case NoticePublished():
            return _raised(current, Status.ON_NOTICE)
        case ObjectionFiled():
            return _raised(current, Status.UNDER_OBJECTION)
        case ObjectionResolved(upheld=False, still_open=0) if current is Status.UNDER_OBJECTION:
            return Status.ON_NOTICE
    return current


def _raised(current: Status, target: Status) -> Status:
    return target if HEIGHT[target] >= HEIGHT[current] else current
