"""Admits an enterprise: it stands on the list of a campaign, and becomes public with the list."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import ACTOR
from chassis.outbox import record
from chassis.problems import Problem
from contracts.activities.registry import Admit
from contracts.events.registry import EnterpriseAdmitted
from contracts.model import Text
from services.registry.models import Entry, EntryState


class AlreadyAdmitted(Problem):
    code = "already_admitted"
    status = 409
    title = Text(zh="该企业已在本次名单中", en="The enterprise is on the list of this campaign already")


async def admit(session: AsyncSession, order: Admit, at: datetime) -> None:
    """One entry a nomination: a second order changes nothing. `AlreadyAdmitted` by another nomination."""
    case = order.case
    admitted = await session.execute(
        _ADMIT,
        {
            "nomination": order.nomination_id,
            "campaign": order.campaign_id,
            "year": order.year,
            "credit_code": case.credit_code,
            "name": case.enterprise_name,
            "type": case.enterprise_type.value,
            "category": case.business_category,
            "authority": case.authority_code,
            "central": case.central,
            "state": EntryState.ADMITTED.value,
            "at": at,
            "actor": ACTOR.get(),
        },
    )
    if admitted.scalar() is None:
        await _check_same(session, order)
        return
    await record(session, _event(order))


# The enterprise as this admission describes it, its entry, and the entry's history: one statement, on the hot path.
_ADMIT = sa.text("""
    WITH described AS (
        INSERT INTO enterprises AS known
            (credit_code, name, enterprise_type, business_category, authority_code, central, updated_at)
        VALUES (:credit_code, :name, :type, :category, :authority, :central, CAST(:at AS timestamptz))
        ON CONFLICT (credit_code) DO UPDATE SET
            (name, enterprise_type, business_category, authority_code, central, updated_at)
            = (excluded.name, excluded.enterprise_type, excluded.business_category, excluded.authority_code,
               excluded.central, excluded.updated_at)
    ), entered AS (
        INSERT INTO entries (nomination_id, campaign_id, credit_code, year, enterprise_name, enterprise_type,
                             business_category, authority_code, state)
        VALUES (:nomination, :campaign, :credit_code, :year, :name, :type, :category, :authority, :state)
        ON CONFLICT DO NOTHING RETURNING nomination_id, state
    ), noted AS (
        INSERT INTO entry_history (nomination_id, state, at, actor)
        SELECT nomination_id, state, CAST(:at AS timestamptz), :actor FROM entered
    )
    SELECT nomination_id FROM entered
""")


async def _check_same(session: AsyncSession, order: Admit) -> None:
    if await session.get(Entry, order.nomination_id) is None:
        raise AlreadyAdmitted(credit_code=order.case.credit_code)


def _event(order: Admit) -> EnterpriseAdmitted:
    return EnterpriseAdmitted(
        nomination_id=order.nomination_id,
        campaign_id=order.campaign_id,
        credit_code=order.case.credit_code,
        enterprise_name=order.case.enterprise_name,
        authority_code=order.case.authority_code,
    )
