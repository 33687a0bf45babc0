"""Filing as its worker runs it: its consumer at a real broker, its orders as activities."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from uuid import UUID

import pytest
from temporalio import activity
from temporalio.testing import ActivityEnvironment

from chassis.bus import declare, publisher, run_consumers
from chassis.clock import now
from contracts.activities import Done, Order
from contracts.activities.filing import (
    CLOSE_INTAKE,
    LAPSE_NOMINATION,
    RETURN_NOMINATION,
    CloseIntake,
    Lapsed,
    LapseNomination,
    ReturnNomination,
)
from contracts.enums import Role, StageName
from contracts.events.filing import IntakeClosed
from services.filing.activities import orders
from services.filing.app import SERVICE
from services.filing.consumers import STATUS
from tests.chassis.bus.samples import envelope_of, until
from tests.filing import samples
from tests.filing.conftest import Filing
from tests.filing.test_panel_seats import A_BY_D, FIRST, declared
from tests.filing.test_status import ADMITTED, NOTICED, PUBLISHED, opened


@pytest.fixture
async def broker(filing: Filing, vhost: str) -> AsyncIterator[str]:
    await declare([STATUS], vhost)
    task = asyncio.create_task(run_consumers(SERVICE.consumers, filing.database, vhost))
    yield vhost
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_facts_from_the_bus_move_the_status(filing: Filing, broker: str) -> None:
    nominations = [UUID(await filing.submitted()) for _ in range(20)]
    own = [
        fact.model_copy(update={"nomination_id": nomination})
        for nomination in nominations
        for fact in (opened(StageName.PANEL), opened(StageName.NOTICE), ADMITTED)
    ]
    batches = [fact.model_copy(update={"nominations": tuple(nominations)}) for fact in (NOTICED, PUBLISHED)]
    async with publisher(broker, "review") as out:
        await out.publish_all([envelope_of(fact) for fact in (*own, *batches)])
    await asyncio.wait_for(until_all_are_published(filing, len(nominations)), timeout=30)


async def test_seats_from_the_bus_let_experts_read(filing: Filing, broker: str) -> None:
    nomination = await filing.submitted()
    path = f"/v1/nominations/{nomination}"
    told = (FIRST, *declared("b", "c"), A_BY_D, *declared("d"))
    facts = [fact.model_copy(update={"nomination_id": UUID(nomination)}) for fact in told]
    async with publisher(broker, "review") as out:
        await out.publish_all([envelope_of(fact) for fact in facts])

    async def reads(expert: str) -> bool:
        answer = await filing.client.get(path, headers=filing.bearer(Role.EXPERT, expert))
        return answer.status_code == 200

    await until(lambda: reads("d"))
    assert [expert for expert in "abcd" if await reads(expert)] == ["b", "c", "d"]
    assert (await filing.nomination(nomination))["status"] == "under_review"


async def until_all_are_published(filing: Filing, count: int) -> None:
    summary = f"/v1/campaigns/{filing.campaign}/summary"
    while (await filing.get(summary))["statuses"] != {"published": count}:
        await asyncio.sleep(0.1)


async def test_a_return_a_correction_and_the_lapse_that_came_too_late(filing: Filing) -> None:
    declaration = samples.declaration()
    nomination = UUID(await filing.submitted(declaration))
    order = ReturnNomination(
        nomination_id=nomination, stage=StageName.RECOMMENDATION, round=1, opinion="补", due=now() + timedelta(days=1)
    )
    assert await carried_out(filing, RETURN_NOMINATION, order) == Done()
    declaration["scale"]["outlets"] = 9
    path = f"/v1/nominations/{nomination}/correction"
    reply = await filing.client.post(path, json={"declaration": declaration}, headers=filing.henan)
    assert reply.status_code == 200
    lapse = LapseNomination(nomination_id=nomination, revision=1)
    assert await carried_out(filing, LAPSE_NOMINATION, lapse) == Lapsed(lapsed=False)


async def test_the_intake_is_closed(filing: Filing) -> None:
    close = CloseIntake(campaign_id=UUID(filing.campaign))
    for _ in range(2):
        assert await carried_out(filing, CLOSE_INTAKE, close) == Done()
    assert len(await filing.events(IntakeClosed)) == 1


def test_all_orders_are_taken() -> None:
    assert orders.names == {RETURN_NOMINATION.name, LAPSE_NOMINATION.name, CLOSE_INTAKE.name}


async def carried_out(filing: Filing, order: Order, order_input: object) -> object:  # type: ignore[type-arg]
    activities = {
        str(activity._Definition.must_from_callable(one).name): one for one in orders.activities(filing.database)
    }
    return await ActivityEnvironment().run(activities[order.name], order_input)
