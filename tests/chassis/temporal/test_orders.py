"""An order is one transaction of its service, done as the workflow, and refused for good by a problem."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa
import structlog
from sqlalchemy.ext.asyncio import AsyncSession
from temporalio import workflow
from temporalio.client import Client, WorkflowFailureError
from temporalio.common import RetryPolicy
from temporalio.exceptions import ActivityError, ApplicationError
from temporalio.worker import UnsandboxedWorkflowRunner, Worker

from chassis.db import Database
from chassis.outbox import OUTBOX, record
from chassis.problems import NotFound
from chassis.temporal import Orders
from chassis.temporal.client import BUILD_ID
from contracts.activities import Done
from contracts.activities.filing import CLOSE_INTAKE, CloseIntake
from contracts.activities.registry import SEAL_JOURNAL
from contracts.events.filing import IntakeClosed
from contracts.model import Text

CAMPAIGN = UUID(int=0x01900000_0000_7000_8000_00000000000C)
SECRET = "云南某某物流有限公司"


@workflow.defn
class OneOrder:
    @workflow.run
    async def run(self, order: CloseIntake) -> Done:
        result: Done = await workflow.execute_activity(
            CLOSE_INTAKE.name,
            order,
            task_queue=CLOSE_INTAKE.queue,
            result_type=Done,
            start_to_close_timeout=timedelta(seconds=10),
            retry_policy=RetryPolicy(initial_interval=timedelta(milliseconds=10), maximum_attempts=5),
        )
        return result


@pytest.fixture
def orders() -> Orders:
    return Orders("filing")


@asynccontextmanager
async def working(client: Client, database: Database, orders: Orders) -> AsyncIterator[None]:
    workflows = Worker(
        client,
        task_queue="workflows",
        workflows=[OneOrder],
        workflow_runner=UnsandboxedWorkflowRunner(),
        build_id=BUILD_ID,
    )
    async with workflows, orders.worker(client, database):
        yield


async def give(client: Client) -> Done:
    order = CloseIntake(campaign_id=CAMPAIGN)
    return await client.execute_workflow(OneOrder.run, order, id="campaign/1", task_queue="workflows")


async def rows(database: Database) -> list[tuple[str, str | None]]:
    async with database.transaction() as session:
        found = await session.execute(sa.select(OUTBOX.c.actor, OUTBOX.c.correlation_id))
        return [(row.actor, row.correlation_id) for row in found]


def closed() -> IntakeClosed:
    return IntakeClosed(campaign_id=CAMPAIGN, nominations=412)


async def test_what_an_order_records_is_done_by_the_workflow(
    client: Client, database: Database, orders: Orders
) -> None:
    bound = {}

    @orders.on(CLOSE_INTAKE)
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        bound.update(structlog.contextvars.get_contextvars())
        assert order == CloseIntake(campaign_id=CAMPAIGN)
        await record(session, closed())
        return Done()

    async with working(client, database, orders):
        assert await give(client) == Done()
    assert await rows(database) == [("system:workflow", "campaign/1")]
    assert bound == {
        "actor": "system:workflow",
        "correlation_id": "campaign/1",
        "order": "filing.close_intake",
        "attempt": 1,
    }


async def test_problem_refuses_for_good_and_leaves_nothing_behind(
    client: Client, database: Database, orders: Orders
) -> None:
    attempts = 0

    @orders.on(CLOSE_INTAKE)
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        nonlocal attempts
        attempts += 1
        await record(session, closed())
        raise NotFound(Text(zh=SECRET, en=SECRET))

    async with working(client, database, orders):
        with pytest.raises(WorkflowFailureError) as failure:
            await give(client)
    assert isinstance(failure.value.cause, ActivityError)
    refusal = failure.value.cause.cause
    assert isinstance(refusal, ApplicationError)
    assert (refusal.type, attempts) == ("not_found", 1)
    assert SECRET in str(refusal)
    assert await rows(database) == []


async def test_other_errors_are_tried_again(client: Client, database: Database, orders: Orders) -> None:
    attempts = 0

    @orders.on(CLOSE_INTAKE)
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        nonlocal attempts
        attempts += 1
        await record(session, closed())
        if attempts < 3:
            raise ConnectionError("away")
        return Done()

    async with working(client, database, orders):
        await give(client)
    assert attempts == 3
    assert len(await rows(database)) == 1


async def test_nothing_readable_is_stored_not_even_of_failures(
    client: Client, database: Database, orders: Orders, namespace: str
) -> None:
    @orders.on(CLOSE_INTAKE)
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        raise NotFound(Text(zh=SECRET, en=SECRET))

    async with working(client, database, orders):
        with pytest.raises(WorkflowFailureError):
            await give(client)
    # As the server has it: a client without the plugin.
    plain = await Client.connect(client.service_client.config.target_host, namespace=namespace)
    history = await plain.get_workflow_handle("campaign/1").fetch_history()
    stored = b"".join(event.SerializeToString() for event in history.events)
    assert SECRET.encode() not in stored
    assert str(CAMPAIGN).encode() not in stored
    assert b"close_intake(session" not in stored


def test_order_to_another_service_is_refused(orders: Orders) -> None:
    with pytest.raises(ValueError, match=r"registry\.seal_journal is not an order to filing"):
        orders.on(SEAL_JOURNAL)


def test_order_has_one_handler(orders: Orders) -> None:
    async def close_intake(session: AsyncSession, order: CloseIntake) -> Done:
        return Done()

    orders.on(CLOSE_INTAKE)(close_intake)
    with pytest.raises(ValueError, match="has a handler already"):
        orders.on(CLOSE_INTAKE)
    assert orders.names == {"filing.close_intake"}
