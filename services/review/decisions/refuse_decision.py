"""A decision-maker sends a decision back."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.principal import Principal
from chassis.outbox import record
from contracts.events.review import DecisionRefused
from services.review.batches import Decision, DecisionState
from services.review.decisions.sign_decision import DecisionAlreadySettled, lock_decision
from services.review.models import Stage
from services.review.tasks.done import department_of
from services.review.words import StageState


async def refuse_decision(
    session: AsyncSession, decision_id: UUID, *, by: Principal, reason: str, at: datetime
) -> Decision:
    """Its cases wait for another decision again; what it said of them is kept. By the same person again: no change."""
    decision = await lock_decision(session, decision_id)
    if decision.state is DecisionState.REFUSED and decision.settled_by == by.subject:
        return decision
    if decision.state is not DecisionState.PREPARED:
        raise DecisionAlreadySettled(decision)
    decision.state, decision.refusal, decision.settled_at = DecisionState.REFUSED, reason, at
    decision.settled_by, decision.settled_name = by.subject, by.name
    decision.settled_department = department_of(by)
    await session.execute(
        sa.update(Stage)
        .where(Stage.decision_id == decision_id, Stage.state == StageState.OPEN)
        .values(decision_id=None),
        execution_options={"synchronize_session": False},
    )
    refused = DecisionRefused(
        campaign_id=decision.campaign_id,
        decision_id=decision.id,
        document_number=decision.document_number,
        refused_by=by.subject,
        reason=reason,
    )
    await record(session, refused)
    return decision
