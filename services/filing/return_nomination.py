"""A nomination given back for correction, and what happens when none comes."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.outbox import record
from chassis.problems import NotFound
from contracts.activities.filing import LapseNomination, ReturnNomination
from contracts.enums import NominationStatus
from contracts.events.filing import NominationLapsed
from contracts.ids import NominationId
from services.filing.models import Nomination

LAPSED = "lapsed"


async def return_nomination(session: AsyncSession, order: ReturnNomination, at: datetime) -> None:
    """Once a round of a stage: the order given again after the correction does not return it again."""
    nomination = await _lock(session, order.nomination_id)
    known = nomination.returned_stage is order.stage and (nomination.returned_round or 0) >= order.round
    if known or nomination.status.is_final:
        return
    nomination.status = NominationStatus.RETURNED
    nomination.returned_stage = order.stage
    nomination.returned_round = order.round
    nomination.returned_opinion = order.opinion
    nomination.correction_due = order.due
    nomination.updated_at = at
    await session.flush()


async def lapse_nomination(session: AsyncSession, order: LapseNomination, at: datetime) -> bool:
    """Whether it lapsed: False when a correction of that revision came in first. This row is the judge."""
    nomination = await _lock(session, order.nomination_id)
    if nomination.revision > order.revision:
        return False
    if not nomination.status.is_final:
        nomination.status = NominationStatus.NOT_LISTED
        nomination.failed_stage = nomination.returned_stage
        nomination.failed_cause = LAPSED
        nomination.failed_opinion = nomination.returned_opinion
        nomination.updated_at = at
        await session.flush()
        await record(
            session,
            NominationLapsed(
                nomination_id=nomination.id,
                campaign_id=nomination.campaign_id,
                credit_code=nomination.credit_code,
            ),
        )
    return True


async def _lock(session: AsyncSession, nomination_id: NominationId) -> Nomination:
    statement = sa.select(Nomination).where(Nomination.id == nomination_id).with_for_update()
    nomination = (await session.scalars(statement)).one_or_none()
    if nomination is None:
        raise NotFound
    return nomination
