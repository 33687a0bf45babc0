"""The orders, as a worker carries them out."""

from temporalio import activity
from temporalio.testing import ActivityEnvironment

from chassis.db import Database
from chassis.ids import new_id
from contracts.activities.base import Done
from contracts.activities.registry import ADMIT, SEAL_JOURNAL, Admit, SealJournal
from services.registry.activities import orders
from services.registry.journal.append import append
from tests.fixtures.apps import recorded
from tests.registry.campaign import CASES
from tests.registry.samples import CAMPAIGN, KEYRING, NOON, envelope, lapsed


async def test_all_orders_are_taken() -> None:
    assert orders.names == {ADMIT.name, SEAL_JOURNAL.name}


async def test_admit(registry: Database) -> None:
    order = Admit(nomination_id=new_id(), campaign_id=CAMPAIGN, year=2022, case=CASES[0])
    for _ in range(2):
        assert await _run(registry, ADMIT.name, order) == Done()
    assert len(await recorded(registry)) == 1


async def test_seal(registry: Database) -> None:
    async with registry.transaction() as session:
        await append(session, [envelope(lapsed())], KEYRING, NOON)
    first = await _run(registry, SEAL_JOURNAL.name, SealJournal(reason="notice"))
    assert await _run(registry, SEAL_JOURNAL.name, SealJournal(reason="daily")) == first


async def _run(registry: Database, name: str, order: object) -> object:
    activities = {str(activity._Definition.must_from_callable(one).name): one for one in orders.activities(registry)}
    return await ActivityEnvironment().run(activities[name], order)
