"""The registry at a real broker: the journal gets every event; those of the future wait in the dead letters."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import replace

import pytest
import sqlalchemy as sa

from chassis.bus import declare, publisher, run_consumers
from chassis.bus.dead_letters import look
from chassis.db import Database
from services.registry.consumers import decisions, journal
from services.registry.journal.verify import verify
from services.registry.models import Decision, JournalRow
from tests.registry.campaign import Played
from tests.registry.samples import KEYRING, envelope, lapsed


@pytest.fixture
async def consuming(registry: Database, vhost: str) -> AsyncIterator[str]:
    await declare([journal, decisions], vhost)
    task = asyncio.create_task(run_consumers([journal, decisions], registry, vhost))
    yield vhost
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def until(condition: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await condition():
            await asyncio.sleep(0.05)


async def count(database: Database) -> int:
    async with database.transaction() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(JournalRow)) or 0


async def test_every_event_is_written_once_and_in_the_order_of_its_subject(registry: Database, consuming: str) -> None:
    nomination = lapsed()
    same = [envelope(nomination) for _ in range(120)]
    others = [envelope(lapsed()) for _ in range(180)]
    async with publisher(consuming, "test") as out:
        await out.publish_all([*same, *others])
        await out.publish_all(same[:20])

    async def all_there() -> bool:
        return await count(registry) == 300

    await until(all_there)
    async with registry.transaction() as session:
        ids = sa.select(JournalRow.event_id).where(JournalRow.nomination_id == nomination.nomination_id)
        assert list(await session.scalars(ids.order_by(JournalRow.seq))) == [one.id for one in same]
    async with registry.transaction() as session:
        report = await verify(session, KEYRING)
    assert (report.rows, report.faults) == (300, [])


async def test_an_event_of_the_future_goes_to_the_dead_letters_and_the_rest_goes_on(
    registry: Database, consuming: str
) -> None:
    future = replace(envelope(lapsed()), type="filing.nomination.teleported.v1")
    async with publisher(consuming, "test") as out:
        await out.publish_all([envelope(lapsed()), future, *(envelope(lapsed()) for _ in range(10))])

    async def settled() -> bool:
        return await count(registry) == 11 and bool(await look(consuming, journal.name))

    await until(settled)
    (letter,) = await look(consuming, journal.name)
    assert letter.type == future.type


async def test_a_signed_decision_is_kept_and_written(registry: Database, consuming: str) -> None:
    decision = Played(registry).decision()
    async with publisher(consuming, "test") as out:
        await out.publish(envelope(decision))

    async def kept() -> bool:
        async with registry.transaction() as session:
            return await session.get(Decision, decision.decision_id) is not None and await count(registry) == 1

    await until(kept)
    async with registry.transaction() as session:
        found = await session.get_one(Decision, decision.decision_id)
    assert [one["credit_code"] for one in found.approved] == [one.credit_code for one in decision.approved]
