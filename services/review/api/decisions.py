"""Decisions: an officer prepares, another person signs or refuses."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.clock import now
from chassis.idempotency import Attempt, Key, answer_once
from chassis.web import Reading, Session
from contracts.enums import Role
from services.review.decisions.decision_lines import lines_page
from services.review.decisions.decision_queries import (
    decision_by_id,
    decision_outline,
    decision_view,
    decisions,
    summary,
)
from services.review.decisions.decision_schemas import (
    DecisionOutline,
    DecisionPage,
    DecisionSummary,
    DecisionView,
    PrepareDecision,
    RefuseDecision,
    SignDecision,
)
from services.review.decisions.prepare_decision import prepare_decision
from services.review.decisions.refuse_decision import refuse_decision
from services.review.decisions.sign_decision import sign_decision
from services.review.pages import Cursor, Limit, Page

router = APIRouter(tags=["decisions"])
Officer = Annotated[Principal, allow(Role.OFFICER)]
Decider = Annotated[Principal, allow(Role.DECIDER)]
STAFF = allow(Role.OFFICER, Role.DECIDER)


@router.post("/v1/decisions", status_code=201)
async def prepare(body: PrepareDecision, caller: Officer, session: Session, key: Key = None) -> DecisionView:
    """Prepare a decision on cases of the pool. Nothing is decided before another person has signed.

    `Idempotency-Key`: the same request with the same key is answered as the first time.
    """
    at = now()

    async def answer() -> DecisionView:
        decision = await prepare_decision(
            session,
            body.campaign_id,
            body.document_number,
            approve=None if body.approve == "all" else body.approve,
            reject=[(rejection.nomination_id, rejection.reason) for rejection in body.reject],
            by=caller,
            at=at,
            seen=body.digest,
        )
        return await decision_view(session, decision.id)

    return await answer_once(session, Attempt.of(caller, key, body), DecisionView, answer, at)


@router.get("/v1/decisions", dependencies=[STAFF])
async def read_decisions(
    session: Reading,
    campaign_id: Annotated[UUID | None, Query()] = None,
    limit: Limit = 50,
    cursor: Cursor = None,
) -> Page[DecisionSummary]:
    """The newest first."""
    found = await decisions(session, campaign_id=campaign_id, before=cursor, limit=limit + 1)
    items = [summary(decision) for decision in found]
    return Page.of(items, [item.id for item in items], limit)


@router.get("/v1/decisions/{decision_id}", dependencies=[STAFF])
async def read_decision(decision_id: UUID, session: Reading) -> DecisionView:
    """The decision with all its cases, and the digest to sign it by."""
    return await decision_view(session, decision_id)


@router.get("/v1/decisions/{decision_id}/summary", dependencies=[STAFF])
async def read_outline(decision_id: UUID, session: Reading) -> DecisionOutline:
    """The decision without its cases, which may be thousands; the digest is that of all of them."""
    return await decision_outline(session, decision_id)


@router.get("/v1/decisions/{decision_id}/entries", dependencies=[STAFF])
async def read_entries(
    decision_id: UUID, session: Reading, approved: bool | None = None, limit: Limit = 50, cursor: Cursor = None
) -> DecisionPage:
    """In the order of the nominations; `approved` only those, or only those that are struck."""
    await decision_by_id(session, decision_id)
    return await lines_page(session, decision_id, approved=approved, after=cursor, limit=limit)


@router.post("/v1/decisions/{decision_id}/sign")
async def sign(
    decision_id: UUID, caller: Decider, session: Session, body: SignDecision | None = None, key: Key = None
) -> DecisionSummary:
    """Decide all its cases, but those withdrawn meanwhile. Who prepared it can't sign it.

    `Idempotency-Key`: the same request with the same key is answered as the first time.
    """
    asked, at = body or SignDecision(), now()

    async def answer() -> DecisionSummary:
        return summary(await sign_decision(session, decision_id, by=caller, seen=asked.digest, at=at))

    return await answer_once(session, Attempt.of(caller, key, asked, decision_id), DecisionSummary, answer, at)


@router.post("/v1/decisions/{decision_id}/refusal")
async def refuse(decision_id: UUID, body: RefuseDecision, caller: Decider, session: Session) -> DecisionSummary:
    """Send it back: its cases wait for another decision."""
    decision = await refuse_decision(session, decision_id, by=caller, reason=body.reason, at=now())
    return summary(decision)
