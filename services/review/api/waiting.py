"""What waits for the ministry, in numbers: pages show it beside their navigation."""

from typing import Annotated

import sqlalchemy as sa
from fastapi import APIRouter
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.auth.access import allow
from chassis.auth.principal import Principal
from chassis.web import Session
from contracts.enums import Role
from contracts.model import Model
from services.review.batches import Decision, DecisionState, Objection, ObjectionState

router = APIRouter(tags=["waiting"])


class WaitingCounts(Model):
    """`objections` are open; `decisions` are prepared, by somebody else, and not signed."""

    objections: int
    decisions: int


@router.get("/v1/waiting")
async def waiting(caller: Annotated[Principal, allow(Role.OFFICER, Role.DECIDER)], session: Session) -> WaitingCounts:
    return await count_waiting(session, caller)


async def count_waiting(session: AsyncSession, caller: Principal) -> WaitingCounts:
    objections = sa.select(sa.func.count()).where(Objection.state == ObjectionState.OPEN).select_from(Objection)
    decisions = sa.select(sa.func.count()).where(
        Decision.state == DecisionState.PREPARED, Decision.prepared_by != caller.subject
    )
    query = sa.select(objections.scalar_subquery(), decisions.scalar_subquery())
    open_objections, unsigned = (await session.execute(query)).one()
    return WaitingCounts(objections=open_objections, decisions=unsigned)
