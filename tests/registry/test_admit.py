"""Admission: one entry a nomination, one nomination an enterprise a campaign."""

import pytest
import sqlalchemy as sa

from chassis.db import Database
from contracts.events.registry import EnterpriseAdmitted
from services.registry.admit import AlreadyAdmitted
from services.registry.models import Enterprise, Entry, EntryEvent, EntryState
from tests.fixtures.apps import recorded
from tests.registry.campaign import CASES, Played


async def test_an_enterprise_is_admitted_once_however_often_it_is_ordered(registry: Database) -> None:
    played = Played(registry)
    await played.admit(CASES[0])
    await played.admit(CASES[0])
    nomination_id = played.nominations[CASES[0].credit_code]
    assert await recorded(registry) == [
        EnterpriseAdmitted(
            nomination_id=nomination_id,
            campaign_id=played.campaign_id,
            credit_code=CASES[0].credit_code,
            enterprise_name=CASES[0].enterprise_name,
            authority_code="410000",
        )
    ]
    async with registry.transaction() as session:
        entry = await session.get_one(Entry, nomination_id)
        happened = (await session.scalars(sa.select(EntryEvent))).all()
    assert entry.state == EntryState.ADMITTED
    assert [event.state for event in happened] == [EntryState.ADMITTED]


async def test_the_same_enterprise_by_another_nomination_is_refused(registry: Database) -> None:
    await Played(registry).admit(CASES[0])
    with pytest.raises(AlreadyAdmitted):
        await Played(registry).admit(CASES[0])
    assert len(await recorded(registry)) == 1


async def test_a_later_admission_describes_the_enterprise_anew(registry: Database) -> None:
    await Played(registry).admit(CASES[0])
    renamed = CASES[0].model_copy(update={"enterprise_name": "新名称"})
    later = Played(registry, cases=[renamed], campaign_id=Played(registry).nominations[CASES[0].credit_code])
    await later.admit()
    async with registry.transaction() as session:
        enterprise = await session.get_one(Enterprise, CASES[0].credit_code)
        assert enterprise.name == "新名称"
        assert await session.scalar(sa.select(sa.func.count()).select_from(Entry)) == 2
