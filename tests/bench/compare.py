"""The comparison: rounds of both kinds in turn, then one of each with many times the cases, on one set of servers."""

from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

import asyncpg
from temporalio.client import Client

from deploy.servers import PostgresServer, TemporalServer
from deploy.stack import Stack, StackSettings
from tests.bench.bare import bare_worker, run_bare
from tests.bench.campaign import Campaign, appoint_experts
from tests.bench.histories import all_ended, events_a_case
from tests.bench.http import Services
from tests.bench.latency import verdict_to_task
from tests.bench.meter import Meter, Round
from tests.bench.servers import own

BARE, FULL = "bare", "full"
OF = {BARE: "WorkflowType = 'BareWorkflow'", FULL: "WorkflowType = 'NominationWorkflow'"}
NAMESPACE = "bare"
WARM_UP = 20
Say = Callable[[str], None]


@dataclass(frozen=True)
class Plan:
    cases: int
    rounds: int
    times_more: int
    verdicts: int


@dataclass
class Findings:
    """`large` are the rounds with many times the cases; latencies are milliseconds, sorted."""

    rounds: list[Round] = field(default_factory=list)
    large: list[Round] = field(default_factory=list)
    latencies: list[float] = field(default_factory=list)
    events: dict[str, float] = field(default_factory=dict)

    def rate(self, what: str) -> float:
        """Cases a second over all rounds: one fast or slow round weighs no more than its time."""
        rounds = [found for found in self.rounds if found.what == what]
        return sum(found.cases for found in rounds) / sum(found.seconds for found in rounds)

    @property
    def ratios(self) -> list[float]:
        """Of each pair of rounds that followed each other."""
        pairs = zip(self.rounds[::2], self.rounds[1::2], strict=True)
        return [full.rate / bare.rate for bare, full in pairs]


class Comparison:
    def __init__(self, meter: Meter, services: Services, clients: dict[str, Client]) -> None:
        self._meter, self._services, self._clients = meter, services, clients

    async def run(self, plan: Plan, say: Say) -> Findings:
        findings = Findings()
        say("Warming up")
        await self._pair(WARM_UP, lambda _line: None)
        say("Verdict to next task, at idle")
        campaign = await Campaign(self._services).open()
        findings.latencies = sorted(await verdict_to_task(campaign, plan.verdicts))
        for _ in range(plan.rounds):
            findings.rounds += await self._pair(plan.cases, say)
        for what, client in self._clients.items():
            findings.events[what] = await events_a_case(client, OF[what], plan.cases)
        if plan.times_more > 1:
            findings.large = await self._pair(plan.cases * plan.times_more, say)
        return findings

    async def _pair(self, cases: int, say: Say) -> list[Round]:
        found = []
        for what, work in ((BARE, self._bare), (FULL, self._full)):
            async with self._meter.measure(what, cases) as measured:
                await work(cases)
            say(f"{what}: {cases} cases, {measured.rate:.1f} a second")
            found.append(measured)
        return found

    async def _bare(self, cases: int) -> None:
        await run_bare(self._clients[BARE], cases)
        await all_ended(self._clients[BARE], OF[BARE])

    async def _full(self, cases: int) -> None:
        campaign = await Campaign(self._services).open()
        await campaign.run(cases)
        await all_ended(self._clients[FULL], f"{OF[FULL]} AND LiaisonCampaign = '{campaign.id}'")


@asynccontextmanager
async def comparison(state: Path) -> AsyncIterator[Comparison]:
    """On servers and processes of its own, which end with the block."""
    async with AsyncExitStack() as exits:
        stack = await exits.enter_async_context(Stack(StackSettings(state=state, find_servers=False)))
        postgres, temporal = own(stack, PostgresServer), own(stack, TemporalServer)
        await temporal.add_namespace(NAMESPACE)
        clients = {
            what: await Client.connect(temporal.address, namespace=namespace)
            for what, namespace in ((BARE, NAMESPACE), (FULL, stack.settings.temporal_namespace))
        }
        await exits.enter_async_context(bare_worker(clients[BARE], await _bare_database(postgres)))
        services = Services(stack.urls, stack.signer)
        exits.callback(services.close)
        await appoint_experts(services)
        yield Comparison(Meter(stack), services, clients)


async def _bare_database(postgres: PostgresServer) -> str:
    """A database beside those of the services, on the same server."""
    admin = await asyncpg.connect(postgres.admin_url)
    await admin.execute(f"CREATE DATABASE {NAMESPACE}")
    await admin.close()
    return postgres.admin_url.rpartition("/")[0] + f"/{NAMESPACE}"
