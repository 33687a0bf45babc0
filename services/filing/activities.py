"""The orders filing takes from workflows."""

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.clock import now
from chassis.temporal import Orders
from contracts.activities import Done
from contracts.activities.filing import (
    CLOSE_INTAKE,
    LAPSE_NOMINATION,
    RETURN_NOMINATION,
    CloseIntake,
    Lapsed,
    LapseNomination,
    ReturnNomination,
)
from services.filing import campaigns, return_nomination

orders = Orders("filing")


@orders.on(RETURN_NOMINATION)
async def give_back(session: AsyncSession, order: ReturnNomination) -> Done:
    await return_nomination.return_nomination(session, order, now())
    return Done()


@orders.on(LAPSE_NOMINATION)
async def lapse(session: AsyncSession, order: LapseNomination) -> Lapsed:
    return Lapsed(lapsed=await return_nomination.lapse_nomination(session, order, now()))


@orders.on(CLOSE_INTAKE)
async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
    await campaigns.close_intake(session, order.campaign_id, now())
    return Done()
