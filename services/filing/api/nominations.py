"""Nominations: submitted, corrected, withdrawn, read."""

from collections.abc import Callable, Coroutine
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.routing import APIRoute

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.problems import InvalidRequest
from chassis.storable import STORABLE
from chassis.web import Session
from contracts.enums import NominationStatus, Role
from services.filing import queries, replies
from services.filing.correct_nomination import correct_nomination
from services.filing.find_nomination import find_own, needs_contact
from services.filing.findings import findings
from services.filing.idempotency import Key
from services.filing.request_withdrawal import request_withdrawal
from services.filing.schemas import (
    Contact,
    CorrectionRequest,
    NominationItem,
    NominationPage,
    NominationReply,
    Receipt,
    Submission,
    WithdrawalRequest,
)
from services.filing.submit_nomination import submit_nomination


class LabelledRoute(APIRoute):
    """Names wrong fields of a declaration by their labels on the form."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        handle = super().get_route_handler()

        async def labelled(request: Request) -> Response:
            try:
                return await handle(request)
            except RequestValidationError as error:
                raise InvalidRequest(errors=findings(error.errors())) from error

        return labelled


router = APIRouter(prefix="/v1/nominations", tags=["nominations"], route_class=LabelledRoute)
Applicant = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER)]
Party = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER, Role.DECIDER)]
Reader = Annotated[Principal, allow(Role.ENTERPRISE, Role.AUTHORITY, Role.OFFICER, Role.DECIDER, Role.EXPERT)]
OtherService = Annotated[Principal, allow(Role.SERVICE)]


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
    session: Session,
    campaign: UUID | None = None,
    authority: Annotated[str | None, Query(pattern=r"^[0-9]{6}$")] = None,
    status: NominationStatus | None = None,
    q: Annotated[str | None, Query(max_length=100, pattern=STORABLE)] = None,
    cursor: UUID | None = None,
    limit: Annotated[int, Query(ge=1, le=500)] = 50,
) -> NominationPage:
    """Those the caller may see, in the order they were submitted. `q`: a part of the name or the credit code."""
    wanted = queries.Filter(campaign, authority, status, q)
    found = await queries.nominations(session, caller, wanted, cursor, limit + 1)
    items = tuple(replies.nomination_item(nomination) for nomination in found[:limit])
    return NominationPage(items=items, next=str(items[-1].id) if len(found) > limit else None)


@router.get("/{nomination_id}")
async def read(caller: Reader, session: Session, nomination_id: UUID) -> NominationReply:
    """With its declaration in every revision, and how it answered the eligibility rules."""
    nomination = await find_own(session, caller, nomination_id)
    personal = needs_contact(caller, nomination)
    revisions = await queries.revisions(session, nomination_id)
    return NominationReply(
        **dict(replies.nomination_item(nomination)),
        revisions=tuple(replies.revision_reply(revision, personal=personal) for revision in revisions),
    )


@router.get("/{nomination_id}/contact")
async def read_contact(caller: OtherService, session: Session, nomination_id: UUID) -> Contact:
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
