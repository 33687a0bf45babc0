"""State and its event commit together, or not at all."""

from uuid import UUID

import pytest
import sqlalchemy as sa

from chassis.context import acting
from chassis.inbox import unseen
from chassis.outbox import OUTBOX, record
from contracts.events.filing import WithdrawalRequested
from tests.fixtures.apps import recorded
from tests.fixtures.databases import MakeDatabase

FACT = WithdrawalRequested(
    nomination_id=UUID(int=1), campaign_id=UUID(int=2), credit_code="91410000CY2XD8E58U", reason="merged"
)


async def test_an_event_is_recorded_with_who_did_it(service_database: MakeDatabase) -> None:
    database = await service_database("registry")
    with acting("enterprise:91410000CY2XD8E58U", "case/1"):
        async with database.transaction() as session:
            await record(session, FACT)
    async with database.transaction() as session:
        row = (await session.execute(sa.select(OUTBOX))).one()
    assert (row.actor, row.correlation_id, row.subject) == (
        "enterprise:91410000CY2XD8E58U",
        "case/1",
        f"nomination/{UUID(int=1)}",
    )
    assert await recorded(database) == [FACT]


async def test_a_transaction_that_fails_leaves_no_event(service_database: MakeDatabase) -> None:
    database = await service_database("registry")

    async def die() -> None:
        async with database.transaction() as session:
            await record(session, FACT)
            raise RuntimeError("died")

    with pytest.raises(RuntimeError):
        await die()
    assert await recorded(database) == []


async def test_an_event_is_new_once_for_each_consumer(service_database: MakeDatabase) -> None:
    database = await service_database("registry")
    for consumer, new in (("a", True), ("a", False), ("b", True)):
        async with database.transaction() as session:
            assert bool(await unseen(session, consumer, [UUID(int=9)])) is new
