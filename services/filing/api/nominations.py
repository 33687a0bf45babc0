"""Nominations: submitted, corrected, withdrawn, read."""

from typing import Annotated, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.idempotency import Key
from chassis.storable import STORABLE
from chassis.web import Reading, Session
from contracts.enums import Cause, EnterpriseType, NominationStatus, Role, StageName
from services.filing import queries, replies
from services.filing.api.labels import LabelledRoute
from services.filing.correct_nomination import correct_nomination
from services.filing.find_nomination import find_own, find_readable, needs_contact
from services.filing.nomination_list import Filter, Order, Page, count_nominations, nominations
from services.filing.request_withdrawal import request_withdrawal
from services.filing.schemas import (
    Contact,
    CorrectionRequest,
    NominationCounts,
    NominationItem,
    NominationPage,
    NominationReply,
    Receipt,
    Submission,
    WithdrawalRequest,
)
from services.filing.submit_nomination import submit_nomination

router = APIRouter(prefix="/v1/nominations", tags=["nominations"], route_class=LabelledRoute)
Applicant = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER)]
Party = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER, Role.DECIDER)]
Reader = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER, Role.DECIDER, Role.EXPERT)]
OtherService = Annotated[Principal, allow(Role.SERVICE)]


async def _filter(
    campaign: UUID | None = None,
    authority: Annotated[str | None, Query(pattern=r"^[0-9]{6}$")] = None,
    status: Annotated[list[NominationStatus] | None, Query(description="one of these")] = None,
    enterprise_type: EnterpriseType | None = None,
    central: bool | None = None,
    failed_stage: StageName | None = None,
    failed_cause: Annotated[Cause | Literal["lapsed"] | None, Query()] = None,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE, description="part of name or credit code")] = None,
) -> Filter:
    return Filter(campaign, authority, status or (), enterprise_type, central, failed_stage, failed_cause, q)


Wanted = Annotated[Filter, Depends(_filter)]


@router.post("", status_code=201)
async def submit(caller: Applicant, session: Session, submission: Submission, key: Key = None) -> Receipt:
    """File a declaration. The enterprise for itself, an authority for those registered with it, an officer for
    central state-owned enterprises.

    `Idempotency-Key`: the same request with the same key is answered as the first time.
    """
    return await submit_nomination(session, caller, submission, key, now())


@router.get("")
async def list_nominations(
    caller: Party,
    session: Reading,
    wanted: Wanted,
    order: Order = Order.OLDEST,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> NominationPage:
    """Those the caller may see, in the order they were submitted, or the newest first."""
    found = await nominations(session, caller, wanted, Page(order, cursor, limit + 1))
    items = tuple(replies.nomination_item(nomination) for nomination in found[:limit])
    return NominationPage(items=items, next=str(items[-1].id) if len(found) > limit else None)


@router.get("/counts")
async def count(caller: Party, session: Reading, wanted: Wanted) -> NominationCounts:
    """How many the list with the same filters has."""
    return NominationCounts(total=await count_nominations(session, caller, wanted))


@router.get("/{nomination_id}")
async def read(caller: Reader, session: Reading, nomination_id: UUID) -> NominationReply:
    """With its declaration in every revision, and how it answered the eligibility rules.

    403 `interest_undeclared` to an expert of its panel who has not declared to have no interest, or a moment ago.
    """
    nomination = await find_readable(session, caller, nomination_id)
    personal = needs_contact(caller, nomination)
    revisions = await queries.revisions(session, nomination_id)
    return NominationReply(
        **dict(replies.nomination_item(nomination)),
        revisions=tuple(replies.revision_reply(revision, personal=personal) for revision in revisions),
    )


@router.get("/{nomination_id}/contact")
async def read_contact(caller: OtherService, session: Reading, nomination_id: UUID) -> Contact:
    """Whom to write to. Contacts stay in filing: no event carries them."""
    nomination = await find_own(session, caller, nomination_id)
    return replies.contact(nomination, await queries.newest_revision(session, nomination))


@router.put("/{nomination_id}/correction")
@router.post("/{nomination_id}/correction")
async def correct(
    caller: Applicant, session: Session, nomination_id: UUID, correction: CorrectionRequest
) -> NominationItem:
    """A new revision of a returned nomination. Sending the newest one again changes nothing."""
    nomination = await correct_nomination(session, caller, nomination_id, correction.declaration, now())
    return replies.nomination_item(nomination)


@router.post("/{nomination_id}/withdrawal", status_code=202)
async def withdraw(
    caller: Applicant, session: Session, nomination_id: UUID, withdrawal: WithdrawalRequest
) -> NominationItem:
    """Ask to withdraw; the status changes when it is done. Asking again changes nothing."""
    nomination = await request_withdrawal(session, caller, nomination_id, withdrawal.reason, now())
    return replies.nomination_item(nomination)
