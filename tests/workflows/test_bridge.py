"""Facts from the broker start workflows and reach them as signals, however often they come."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import timedelta

import pytest
from temporalio.client import Client
from temporalio.service import RetryConfig

from chassis.bus import Later, declare, publisher, run_listener
from chassis.clock import now
from contracts.activities.filing import RETURN_NOMINATION
from contracts.activities.review import (
    CANCEL_CASE,
    CLOSE_NOTICE,
    OPEN_STAGE,
    PUBLISH_NOTICE,
    RECKON_REMINDERS,
    NoticeClock,
    ReminderTimes,
)
from contracts.enums import Outcome, StageName, Verdict
from contracts.events import Event
from contracts.ids import campaign_key, nomination_key, notice_key
from deploy.servers.testserver import TimeSkippingServer
from tests.workflows import facts
from tests.workflows.cases import CAMPAIGN
from tests.workflows.conftest import plugin
from tests.workflows.parties import Parties
from tests.workflows.scenarios import NOTICE_ID
from workflows.bridge import START_WITHIN, Bridge, NeverStarted
from workflows.models import NominationEnd

RECOMMENDATION, PANEL, NOTICE, DECISION = StageName
KEY = nomination_key(facts.CASE.nomination_id)


@asynccontextmanager
async def bridged(client: Client, broker: str) -> AsyncIterator[None]:
    """The bridge at work between this broker and this server."""
    listener = Bridge(client).listener()
    await declare([listener], broker)
    running = asyncio.create_task(run_listener(listener, broker))
    try:
        yield
    finally:
        running.cancel()
        with suppress(asyncio.CancelledError):
            await running


async def publish(broker: str, *events: Event, times: int = 1) -> None:
    async with publisher(broker, "tests") as out:
        for event in events:
            for _ in range(times):
                await out.publish(facts.enveloped(event))


async def test_every_event_twice_makes_one_workflow_with_one_end(real_parties: Parties, vhost: str) -> None:
    parties, client = real_parties, real_parties.env.client
    async with bridged(client, vhost):
        await publish(vhost, facts.submitted(), facts.concluded(RECOMMENDATION, Verdict.RETURNED), times=2)
        await parties.seen(lambda: bool(parties.inputs(RETURN_NOMINATION)))
        await publish(vhost, facts.corrected(2), facts.concluded(RECOMMENDATION, round_=2), times=2)
        await publish(vhost, *map(facts.concluded, (PANEL, NOTICE, DECISION)), times=2)
        end = await client.get_workflow_handle(KEY, result_type=NominationEnd).result()
        await publish(vhost, facts.submitted(), facts.concluded(DECISION), facts.withdrawal_requested())
    assert end == NominationEnd(outcome=Outcome.LISTED)
    assert parties.names == ["open_stage", "return_nomination", "open_stage", "open_stage", "admit"]
    runs = [run async for run in client.list_workflows(f'WorkflowId = "{KEY}"')]
    assert len(runs) == 1


async def test_withdrawal_reaches_its_case(real_parties: Parties, vhost: str) -> None:
    client = real_parties.env.client
    async with bridged(client, vhost):
        await publish(vhost, facts.submitted(), facts.withdrawal_requested())
        await real_parties.seen(lambda: bool(real_parties.inputs(CANCEL_CASE)))
        end = await client.get_workflow_handle(KEY, result_type=NominationEnd).result()
    assert end.outcome is Outcome.WITHDRAWN
    assert real_parties.inputs(CANCEL_CASE)[0].nomination_id == facts.CASE.nomination_id


async def test_moved_deadline_reaches_its_stage(real_parties: Parties, vhost: str) -> None:
    parties, client = real_parties, real_parties.env.client
    parties.clocks[RECOMMENDATION] = {"deadline": timedelta(days=10)}
    async with bridged(client, vhost):
        await publish(vhost, facts.submitted())
        await parties.seen(lambda: bool(parties.inputs(OPEN_STAGE)))
        moved = now() + timedelta(seconds=1.2)
        await publish(vhost, facts.deadline_moved(moved))
        await parties.seen(lambda: "close_stage" in parties.names)


async def test_campaign_ends_with_its_list(real_parties: Parties, vhost: str) -> None:
    parties, client = real_parties, real_parties.env.client
    parties.answers[RECKON_REMINDERS.name] = lambda _: ReminderTimes(at=())
    async with bridged(client, vhost):
        await publish(vhost, facts.campaign_opened(closes_at=now()), facts.list_published(), times=2)
        await parties.seen(lambda: bool(parties.inputs(RECKON_REMINDERS)))
        await client.get_workflow_handle(campaign_key(CAMPAIGN)).result()
    assert parties.names == ["reckon_reminders", "close_intake"]


async def test_notice_moves_and_closes(real_parties: Parties, vhost: str) -> None:
    parties, client = real_parties, real_parties.env.client
    far = NoticeClock(closes_at=now() + timedelta(days=7))
    parties.answers[PUBLISH_NOTICE.name] = lambda _: far
    parties.answers[CLOSE_NOTICE.name] = lambda _: far.model_copy(update={"closed": True})
    async with bridged(client, vhost):
        await publish(vhost, facts.notice_prepared())
        await parties.seen(lambda: bool(parties.inputs(PUBLISH_NOTICE)))
        await publish(vhost, facts.notice_moved(now()))
        assert (await client.get_workflow_handle(notice_key(NOTICE_ID), result_type=NoticeClock).result()).closed


async def test_cases_are_found_by_campaign_and_authority(real_parties: Parties) -> None:
    client, submitted = real_parties.env.client, facts.submitted()
    await Bridge(client).nomination_submitted(facts.enveloped(submitted), submitted)
    query = f'LiaisonCampaign = "{CAMPAIGN}" AND LiaisonAuthority = "410000" AND WorkflowType = "NominationWorkflow"'
    async with asyncio.timeout(10):
        while [run.id async for run in client.list_workflows(query)] != [KEY]:
            await asyncio.sleep(0.1)


async def test_fact_of_a_workflow_that_has_ended_is_dropped(real_parties: Parties) -> None:
    bridge, client = Bridge(real_parties.env.client), real_parties.env.client
    submitted, rejected = facts.submitted(), facts.concluded(RECOMMENDATION, Verdict.REJECTED)
    await bridge.nomination_submitted(facts.enveloped(submitted), submitted)
    await bridge.stage_concluded(facts.enveloped(rejected), rejected)
    await client.get_workflow_handle(KEY).result()
    before = len((await client.get_workflow_handle(KEY).fetch_history()).events)
    await bridge.stage_concluded(facts.enveloped(rejected), rejected)
    assert len((await client.get_workflow_handle(KEY).fetch_history()).events) == before


async def test_fact_of_a_workflow_not_yet_started_waits_for_its_start(real_client: Client) -> None:
    event = facts.concluded(RECOMMENDATION)
    with pytest.raises(Later):
        await Bridge(real_client).stage_concluded(facts.enveloped(event), event)
    with pytest.raises(NeverStarted):
        await Bridge(real_client).stage_concluded(facts.enveloped(event, age=2 * START_WITHIN), event)


async def test_temporal_away_is_waited_out() -> None:
    server = TimeSkippingServer()
    await server.start()
    client = await Client.connect(server.address, plugins=[plugin()], retry_config=RetryConfig(max_retries=1))
    await server.stop()
    submitted, withdrawal = facts.submitted(), facts.withdrawal_requested()
    with pytest.raises(Later):
        await Bridge(client).nomination_submitted(facts.enveloped(submitted), submitted)
    with pytest.raises(Later):
        await Bridge(client).withdrawal_requested(facts.enveloped(withdrawal), withdrawal)


def test_queue_can_be_declared_without_a_client() -> None:
    listener = Bridge().listener()
    assert listener.name == "workflows.bridge"
    assert "filing.nomination.submitted.v1" in listener.routing_keys
