"""The process: workflows and bridge, stopped in order and killed out of it."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import Process
from base64 import b64encode
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest
from temporalio.client import Client
from temporalio.testing import WorkflowEnvironment

from chassis.bus import declare
from contracts.activities.review import OPEN_STAGE
from contracts.enums import Outcome, StageName
from contracts.ids import nomination_key
from deploy.servers.rabbitmq import RabbitServer
from tests.workflows import facts
from tests.workflows.conftest import TEST_KEY
from tests.workflows.parties import Parties, services
from tests.workflows.test_bridge import publish
from workflows.bridge import Bridge
from workflows.models import NominationEnd
from workflows.readiness import register_search_attributes, schedule_journal_seal

MAIN = """
import asyncio, os
from workflows.settings import WorkflowSettings
from workflows.worker import run
asyncio.run(run(WorkflowSettings()))
os._exit(0)
"""
RECOMMENDATION, PANEL, NOTICE, DECISION = StageName
Start = Callable[[], Awaitable[Process]]


@pytest.fixture
def url(unused_tcp_port: int) -> str:
    return f"http://127.0.0.1:{unused_tcp_port}"


@pytest.fixture
async def start(real_client: Client, vhost: str, url: str, tmp_path: Path) -> AsyncIterator[Start]:
    """Start the process and wait until it is ready."""
    environment = {
        **os.environ,
        "PYTHONPATH": str(Path(__file__).parents[2]),
        "LIAISON_BROKER_URL": vhost,
        "LIAISON_TEMPORAL_ADDRESS": real_client.service_client.config.target_host,
        "LIAISON_TEMPORAL_NAMESPACE": real_client.namespace,
        "LIAISON_PAYLOAD_KEYS__tests": b64encode(TEST_KEY).decode(),
        "LIAISON_PAYLOAD_KEY_ID": "tests",
        "LIAISON_HTTP_PORTS__workflows": url.rpartition(":")[2],
    }
    started: list[Process] = []
    await declare([Bridge().listener()], vhost)

    async def make() -> Process:
        process = await asyncio.create_subprocess_exec(sys.executable, "-c", MAIN, env=environment, cwd=tmp_path)
        started.append(process)
        await ready(url)
        return process

    yield make
    for process in started:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def ready(url: str) -> None:
    async with asyncio.timeout(60), httpx.AsyncClient() as http:
        while True:
            try:
                if (await http.get(f"{url}/health/ready")).status_code == 200:
                    return
            except httpx.TransportError:
                await asyncio.sleep(0.1)


@pytest.fixture
async def served(real_client: Client) -> AsyncIterator[Parties]:
    """Services that take orders; the workflows run in the process alone."""
    parties = Parties(WorkflowEnvironment.from_client(real_client))
    async with services(real_client, parties):
        yield parties


async def test_case_survives_the_death_of_its_worker(
    start: Start, served: Parties, real_client: Client, vhost: str
) -> None:
    process = await start()
    await publish(vhost, facts.submitted())
    await served.seen(lambda: len(served.inputs(OPEN_STAGE)) == 1)
    process.kill()
    await process.wait()
    await publish(vhost, facts.concluded(RECOMMENDATION))
    await start()
    await publish(vhost, *map(facts.concluded, (PANEL, NOTICE, DECISION)))
    handle = real_client.get_workflow_handle(nomination_key(facts.CASE.nomination_id), result_type=NominationEnd)
    async with asyncio.timeout(90):  # a workflow task of the dead one is given up after ten seconds
        assert (await handle.result()).outcome is Outcome.LISTED
    assert served.names == ["open_stage", "open_stage", "admit"]


async def test_process_stops_in_order_and_tells_its_health(start: Start, url: str, vhost: str) -> None:
    process = await start()
    async with httpx.AsyncClient(base_url=url) as http:
        assert (await http.get("/health/live")).json() == {"service": "workflows", "status": "live"}
        assert (await http.get("/health/ready")).json()["checks"] == {"temporal": True, "broker": True}
        assert "liaison_bridge_facts_total" in (await http.get("/metrics")).text
    process.send_signal(signal.SIGTERM)
    assert await asyncio.wait_for(process.wait(), 30) == 0


async def test_it_is_not_ready_without_the_broker(start: Start, url: str, rabbitmq: RabbitServer) -> None:
    await start()
    rabbitmq.kill()
    async with asyncio.timeout(20), httpx.AsyncClient(base_url=url) as http:
        while (answer := await http.get("/health/ready")).status_code == 200:  # what was found is kept for a while
            await asyncio.sleep(0.2)
    assert (answer.status_code, answer.json()["checks"]) == (503, {"temporal": True, "broker": False})
    await rabbitmq.start()
    await ready(url)


async def test_daily_seal_is_scheduled_once(real_client: Client) -> None:
    for _ in range(2):
        await schedule_journal_seal(real_client)
    description = await real_client.get_schedule_handle("journal-seal").describe()
    [calendar] = description.schedule.spec.calendars
    assert (calendar.hour[0].start, calendar.minute[0].start) == (0, 10)
    assert description.schedule.spec.time_zone_name == "Asia/Shanghai"
    assert description.info.next_action_times


async def test_search_attributes_are_registered_once(real_client: Client) -> None:
    for _ in range(2):
        await register_search_attributes(real_client)
