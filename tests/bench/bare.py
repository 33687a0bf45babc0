"""The baseline: the same case on bare Temporal, with no service, broker or HTTP around it.

A case is a start, four stages concluded by four signals, three activities of one INSERT each (a stage that waits for
a batch is opened by none), and two timers that never fire: the history of a nomination, event for event. Worker and
caller are one process.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from uuid import uuid4

import asyncpg
from temporalio import activity, workflow
from temporalio.client import Client
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

QUEUE = "bare"
STAGES = 4
OPENED = (0, 1)
AT_ONCE = 100
THOUGHT = 0.05
"""Seconds before an answer. One that came before its question was on record would save Temporal a third of the work,
and no person answers so fast."""


@dataclass
class Step:
    case: str
    number: int


class Standing:
    """Where cases stand, as the workflow tells its caller in the same process."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._reached: dict[tuple[str, int], asyncio.Event] = defaultdict(asyncio.Event)

    def tell(self, case: str, stage: int) -> None:
        """From a thread of the worker."""
        self._loop.call_soon_threadsafe(self._mark, case, stage)

    def _mark(self, case: str, stage: int) -> None:
        self._reached[case, stage].set()

    async def reached(self, case: str, stage: int) -> None:
        await self._reached[case, stage].wait()
        del self._reached[case, stage]


@workflow.defn
class BareWorkflow:
    standing: Standing

    def __init__(self) -> None:
        self.concluded = 0

    @workflow.run
    async def run(self, case: str) -> int:
        for stage in range(STAGES):
            deadline = None
            if stage in OPENED:
                await self._insert(case, stage)
                deadline = timedelta(days=1)
            self.standing.tell(case, stage)
            await workflow.wait_condition(lambda stage=stage: self.concluded > stage, timeout=deadline)  # type: ignore[misc]
        await self._insert(case, STAGES)
        return self.concluded

    async def _insert(self, case: str, number: int) -> None:
        await workflow.execute_activity("bare.insert", Step(case, number), start_to_close_timeout=timedelta(seconds=30))

    @workflow.signal
    def conclude(self) -> None:
        self.concluded += 1


@asynccontextmanager
async def bare_worker(client: Client, dsn: str) -> AsyncIterator[None]:
    """A worker for bare cases; `dsn` is a database in which it makes its one table."""
    BareWorkflow.standing = Standing()
    async with asyncpg.create_pool(dsn, min_size=4, max_size=10) as pool:
        await pool.execute("CREATE TABLE IF NOT EXISTS steps (case_id text, number int, PRIMARY KEY (case_id, number))")

        @activity.defn(name="bare.insert")
        async def insert(step: Step) -> None:
            statement = "INSERT INTO steps (case_id, number) VALUES ($1, $2) ON CONFLICT DO NOTHING"
            await pool.execute(statement, step.case, step.number)

        async with Worker(
            client,
            task_queue=QUEUE,
            workflows=[BareWorkflow],
            activities=[insert],
            workflow_runner=UnsandboxedWorkflowRunner(),
            max_cached_workflows=5000,
            max_concurrent_workflow_tasks=100,
            max_concurrent_activities=100,
        ):
            yield


async def run_bare(client: Client, cases: int) -> None:
    """Take `cases` to the end of their last stage, `AT_ONCE` of them under way at a time."""
    gate = asyncio.Semaphore(AT_ONCE)
    await asyncio.gather(*(_one(client, gate) for _ in range(cases)))


async def _one(client: Client, gate: asyncio.Semaphore) -> None:
    async with gate:
        case = f"bare/{uuid4()}"
        handle = await client.start_workflow(BareWorkflow.run, case, id=case, task_queue=QUEUE)
        for stage in range(STAGES):
            await BareWorkflow.standing.reached(case, stage)
            await asyncio.sleep(THOUGHT)
            await handle.signal(BareWorkflow.conclude)
