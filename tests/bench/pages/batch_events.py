"""What notices and decisions told, told of all copies of their cases."""

from collections.abc import Iterable
from uuid import UUID

from contracts.events import Event
from contracts.events.review import (
    Approved,
    DecisionPrepared,
    DecisionSigned,
    NoticeClosed,
    NoticePrepared,
    NoticePublished,
)
from tests.bench.pages.copies import Copies, batch_copy, copy_of, numbered

AGAIN = "（续）"
"""Ends the document number of a copy."""


def over_copies(event: Event, copies: Copies) -> Event | None:
    """None for what is not copied: campaigns, reminders, seals, lists."""
    match event:
        case NoticePrepared() | NoticePublished() | NoticeClosed():
            return event.model_copy(update={"notice_id": batch_copy(event.notice_id), **_of_notice(event, copies)})
        case DecisionPrepared() | DecisionSigned():
            number = event.document_number + AGAIN
            named = {"decision_id": batch_copy(event.decision_id), "document_number": number}
            return event.model_copy(update={**named, **_of_decision(event, copies)})
    return None


def _of_notice(event: NoticePrepared | NoticePublished | NoticeClosed, copies: Copies) -> dict[str, object]:
    if isinstance(event, NoticeClosed):
        return {"cleared": event.cleared * copies.times, "held": event.held * copies.times}
    number = event.document_number and event.document_number + AGAIN
    return {"nominations": _all(event.nominations, copies), "document_number": number}


def _of_decision(event: DecisionPrepared | DecisionSigned, copies: Copies) -> dict[str, object]:
    if isinstance(event, DecisionPrepared):
        return {"approved": event.approved * copies.times, "rejected": event.rejected * copies.times}
    approved = tuple(_approved(one, number, copies) for one in event.approved for number in copies.numbers)
    return {"approved": approved, "rejected": _all(event.rejected, copies)}


def _approved(one: Approved, number: int, copies: Copies) -> Approved:
    return Approved(
        nomination_id=copy_of(one.nomination_id, number),
        credit_code=copies.credit_code(one.credit_code, number),
        enterprise_name=numbered(one.enterprise_name, number),
    )


def _all(nominations: Iterable[UUID], copies: Copies) -> tuple[UUID, ...]:
    return tuple(copy_of(nomination, number) for nomination in nominations for number in copies.numbers)
