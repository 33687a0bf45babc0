"""Admits an enterprise: it stands on the list of a campaign, and becomes public with the list."""

from datetime import datetime
from typing import cast

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.context import ACTOR
from chassis.outbox import record
from chassis.problems import Problem
from contracts.activities.registry import Admit
from contracts.events.registry import EnterpriseAdmitted
from contracts.model import Text
from services.registry.models import Enterprise, Entry, EntryEvent, EntryState


class AlreadyAdmitted(Problem):
    code = "already_admitted"
    status = 409
    title = Text(zh="该企业已在本次名单中", en="The enterprise is on the list of this campaign already")


async def admit(session: AsyncSession, order: Admit, at: datetime) -> None:
    """One entry a nomination: a second order changes nothing. `AlreadyAdmitted` by another nomination."""
    case = order.case
    await session.execute(_DESCRIBE, _description(order, at))
    entry = await session.execute(
        _ENTER,
        {
            "nomination_id": order.nomination_id,
            "campaign_id": order.campaign_id,
            "credit_code": case.credit_code,
            "year": order.year,
            "enterprise_name": case.enterprise_name,
            "enterprise_type": case.enterprise_type.value,
            "business_category": case.business_category,
            "authority_code": case.authority_code,
            "state": EntryState.ADMITTED.value,
        },
    )
    if entry.scalar() is None:
        await _check_same(session, order)
        return
    await session.execute(
        _NOTE,
        {"nomination_id": order.nomination_id, "state": EntryState.ADMITTED.value, "at": at, "actor": ACTOR.get()},
    )
    await record(session, _event(order))


_DESCRIBED = ("name", "enterprise_type", "business_category", "authority_code", "central", "updated_at")
_DESCRIBE = insert(cast(sa.Table, Enterprise.__table__))
_DESCRIBE = _DESCRIBE.on_conflict_do_update(
    index_elements=["credit_code"],
    set_={name: _DESCRIBE.excluded[name] for name in _DESCRIBED},
)
_ENTRIES = cast(sa.Table, Entry.__table__)
_ENTER = insert(_ENTRIES).on_conflict_do_nothing().returning(_ENTRIES.c.nomination_id)
_NOTE = sa.insert(cast(sa.Table, EntryEvent.__table__)).inline()


def _description(order: Admit, at: datetime) -> dict[str, object]:
    case = order.case
    return {
        "credit_code": case.credit_code,
        "name": case.enterprise_name,
        "enterprise_type": case.enterprise_type.value,
        "business_category": case.business_category,
        "authority_code": case.authority_code,
        "central": case.central,
        "updated_at": at,
    }


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
