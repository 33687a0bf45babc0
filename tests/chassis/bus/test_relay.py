"""The relay: everything recorded is published, in order, by one relay at a time, whatever dies."""

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope, declare, metrics
from chassis.clock import now
from chassis.context import acting
from chassis.db import Database
from chassis.outbox import OUTBOX, record
from chassis.relay import Relay
from contracts.events import Event
from contracts.events.filing import WithdrawalRequested
from tests.chassis.bus.conftest import Consuming, background
from tests.chassis.bus.samples import envelope_of, remember, seen, until, until_seen, withdrawal

PROCESS = "import asyncio, sys; from chassis.relay import Relay; asyncio.run(Relay('filing', *sys.argv[1:]).run())"


@pytest.fixture
async def consumer(vhost: str) -> Consumer:
    """Remembers every event; its queue exists."""
    consumer = Consumer("test.consumer")

    @consumer.on_every()
    async def note(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            await remember(session, str(getattr(envelope.event(), "reason", "")))

    await declare([consumer], vhost)
    return consumer


async def recorded(database: Database, *events: Event) -> None:
    async with database.transaction() as session:
        await record(session, *events)


async def unpublished(database: Database) -> int:
    async with database.transaction() as session:
        query = sa.select(sa.func.count()).where(OUTBOX.c.published_at.is_(None))
        return (await session.scalar(query)) or 0


async def none_unpublished(database: Database) -> bool:
    return await unpublished(database) == 0


async def test_what_is_recorded_is_published_at_once_and_in_order(
    database: Database, consuming: Consuming, consumer: Consumer, vhost: str
) -> None:
    await recorded(database, withdrawal("before"))
    async with background(Relay("filing", database.url, vhost).run()), consuming(consumer):
        await until_seen(database, ["before"])
        with acting("officer:zhang", "case/7"):
            await recorded(database, *(withdrawal(mark) for mark in "abc"))
        await until_seen(database, ["before", "a", "b", "c"], 2)
        await until(lambda: none_unpublished(database))


async def test_the_envelope_tells_what_the_outbox_knows(database: Database, consuming: Consuming, vhost: str) -> None:
    received: list[Envelope] = []
    consumer = Consumer("test.consumer")

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        received.append(envelope)

    async with consuming(consumer), background(Relay("filing", database.url, vhost).run()):
        await declare([consumer], vhost)
        with acting("officer:zhang", "case/7"):
            await recorded(database, withdrawal("a"))
        await until(lambda: _true(received))
    [envelope] = received
    assert (envelope.source, envelope.actor, envelope.correlation_id) == (
        "urn:liaison:filing",
        "officer:zhang",
        "case/7",
    )
    assert envelope.event() == withdrawal("a")
    assert now() - envelope.time < timedelta(seconds=20)


async def _true(found: object) -> object:
    return found


async def test_an_unroutable_event_stays_in_the_outbox_until_somebody_listens(
    database: Database, consuming: Consuming, vhost: str
) -> None:
    await declare([], vhost)
    async with background(Relay("lonely", database.url, vhost).run()):
        await recorded(database, withdrawal("a"))
        await asyncio.sleep(1)
        assert await unpublished(database) == 1
        consumer = Consumer("test.consumer")

        @consumer.on(WithdrawalRequested)
        async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
            await remember(session, event.reason)

        async with consuming(consumer):
            await until_seen(database, ["a"])


async def test_nothing_is_published_before_all_queues_are_there(
    database: Database, consuming: Consuming, vhost: str
) -> None:
    early, late = Consumer("test.early"), Consumer("test.late")

    @early.on(WithdrawalRequested)
    async def note_early(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, f"early {event.reason}")

    @late.on(WithdrawalRequested)
    async def note_late(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, f"late {event.reason}")

    await recorded(database, withdrawal("a"))
    async with consuming(early), background(Relay("filing", database.url, vhost).run()):
        await asyncio.sleep(1)
        assert await unpublished(database) == 1  # heard by `early` alone, it would be lost to `late`
        await declare([early, late], vhost)
        async with consuming(late):
            await until(lambda: _both_have_seen(database), 10)


async def _both_have_seen(database: Database) -> bool:
    return sorted(await seen(database)) == ["early a", "late a"]


async def test_of_two_relays_one_is_active_and_the_other_takes_over(
    database: Database, consuming: Consuming, consumer: Consumer, vhost: str
) -> None:
    async with consuming(consumer):
        async with background(Relay("filing", database.url, vhost).run()):
            await recorded(database, withdrawal("a"))
            await until_seen(database, ["a"])
            second = background(Relay("filing", database.url, vhost).run())
            await second.__aenter__()
            await asyncio.sleep(0.5)
            assert await _leaders(database) == 1
            await recorded(database, *(withdrawal(str(number)) for number in range(20)))
            await until_seen(database, ["a", *map(str, range(20))])
        await recorded(database, withdrawal("b"))
        await until_seen(database, ["a", *map(str, range(20)), "b"])
        assert await _leaders(database) == 1
        await second.__aexit__(None, None, None)


async def _leaders(database: Database) -> int:
    async with database.engine.connect() as connection:
        locks = "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND granted AND database = "
        return (
            await connection.scalar(sa.text(locks + "(SELECT oid FROM pg_database WHERE datname = current_database())"))
        ) or 0


async def test_a_relay_killed_in_the_middle_loses_and_reorders_nothing(
    database: Database, consuming: Consuming, consumer: Consumer, vhost: str
) -> None:
    marks = [str(number) for number in range(3000)]
    await recorded(database, *(withdrawal(mark, int(mark) % 7) for mark in marks))
    async with relay_process(database, vhost) as process:
        await until(lambda: _partly_published(database, len(marks)))
        process.send_signal(signal.SIGKILL)
        await process.wait()
    assert 0 < await unpublished(database) < len(marks)
    async with consuming(consumer), background(Relay("filing", database.url, vhost).run()):
        await until(lambda: _seen_all(database, len(marks)), 30)
    found = await seen(database)
    assert len(found) == len(marks)  # those published twice were handled once
    for subject in range(7):
        own = [mark for mark in marks if int(mark) % 7 == subject]
        assert [mark for mark in found if int(mark) % 7 == subject] == own


@asynccontextmanager
async def relay_process(database: Database, vhost: str) -> AsyncIterator[asyncio.subprocess.Process]:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", PROCESS, database.url, vhost, stdout=-3)
    yield process


async def _partly_published(database: Database, count: int) -> bool:
    return await unpublished(database) < count


async def _seen_all(database: Database, count: int) -> bool:
    return len(await seen(database)) >= count


async def test_backlog_and_age_are_told(database: Database, vhost: str) -> None:
    relay = Relay("waiting", database.url, vhost)
    await recorded(database, withdrawal("a"), withdrawal("b"))
    async with background(relay.run()):
        await until(lambda: _true(metrics.BACKLOG.labels("waiting")._value.get() == 2))
        assert metrics.AGE.labels("waiting")._value.get() > 0


async def test_who_stands_by_tells_no_backlog_of_earlier(database: Database, vhost: str) -> None:
    metrics.BACKLOG.labels("aside").set(300)
    metrics.AGE.labels("aside").set(300)
    async with background(Relay("leading", database.url, vhost).run()):
        await until(lambda: _true(metrics.BACKLOG.labels("leading")._value.get() == 0))
        await asyncio.sleep(0.2)
        async with background(Relay("aside", database.url, vhost).run()):
            await until(lambda: _true(metrics.BACKLOG.labels("aside")._value.get() == 0))
            assert metrics.AGE.labels("aside")._value.get() == 0


async def test_old_published_rows_are_pruned(
    database: Database, consuming: Consuming, consumer: Consumer, vhost: str
) -> None:
    async with database.transaction() as session:
        rows = [
            {
                "event_id": envelope_of(withdrawal(mark)).id,
                "type": "filing.withdrawal.requested.v1",
                "subject": "s",
                "time": now(),
                "actor": "a",
                "data": "{}",
                "published_at": now() - timedelta(days=days),
            }
            for mark, days in (("old", 8), ("new", 6))
        ]
        await session.execute(sa.insert(OUTBOX), rows)
    async with background(Relay("filing", database.url, vhost).run()):
        await until(lambda: _rows(database, 1))


async def _rows(database: Database, count: int) -> bool:
    async with database.transaction() as session:
        return await session.scalar(sa.select(sa.func.count()).select_from(OUTBOX)) == count
