"""Broker and database die by SIGKILL and come back: nothing is lost or done twice, nothing becomes a dead letter."""

import asyncio

from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope, Listener, dead_letters, declare, run_listener
from chassis.db import Database
from chassis.outbox import record
from chassis.relay import Relay
from contracts.events.filing import WithdrawalRequested
from deploy.servers.postgres import PostgresServer
from deploy.servers.rabbitmq import RabbitServer
from tests.chassis.bus.conftest import Consuming, background
from tests.chassis.bus.samples import remember, seen, until, withdrawal

FLUSHED = 3
"""Seconds until RabbitMQ 3 has a new queue's name on disk; killed before, it comes back with one that never answers."""


def slow_consumer() -> Consumer:
    """Slow enough to be in the middle of something whenever a server dies."""
    consumer = Consumer("test.consumer", batch=5)

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await asyncio.sleep(0.01)
        await remember(session, event.reason)

    return consumer


async def recorded(database: Database, first: int, last: int) -> None:
    for number in range(first, last, 10):
        async with database.transaction() as session:
            await record(session, *(withdrawal(str(mark), mark % 5) for mark in range(number, number + 10)))


async def complete(database: Database, count: int) -> bool:
    try:
        return len(await seen(database)) >= count
    except Exception:  # the database is away
        return False


def in_order(found: list[str]) -> bool:
    subjects = [[int(mark) for mark in found if int(mark) % 5 == subject] for subject in range(5)]
    return all(subject == sorted(subject) for subject in subjects)


async def test_the_broker_is_killed_and_returns(
    database: Database, consuming: Consuming, vhost: str, rabbitmq: RabbitServer
) -> None:
    consumer = slow_consumer()
    heard: list[str] = []
    listener = Listener("test.listener")

    @listener.on(WithdrawalRequested)
    async def hear(envelope: Envelope, event: WithdrawalRequested) -> None:
        heard.append(event.reason)

    await declare([consumer, listener], vhost)
    await asyncio.sleep(FLUSHED)
    async with (
        consuming(consumer),
        background(run_listener(listener, vhost)),
        background(Relay("filing", database.url, vhost).run()),
    ):
        await recorded(database, 0, 200)
        await until(lambda: complete(database, 20))
        rabbitmq.kill()
        await recorded(database, 200, 300)
        await asyncio.sleep(0.5)
        await rabbitmq.start()
        await recorded(database, 300, 400)
        await until(lambda: complete(database, 400), 60)
        await until(lambda: _all_heard(heard, 400))
    found = await seen(database)
    assert len(found) == len(set(found)) == 400
    assert in_order(found)
    assert await dead_letters.look(vhost, "test.consumer") == []
    assert await dead_letters.look(vhost, "test.listener") == []


async def _all_heard(heard: list[str], count: int) -> bool:
    return len(set(heard)) >= count


async def test_the_database_is_killed_and_returns(
    database: Database, consuming: Consuming, vhost: str, postgres: PostgresServer
) -> None:
    consumer = slow_consumer()
    await declare([consumer], vhost)
    async with consuming(consumer), background(Relay("filing", database.url, vhost).run()):
        await recorded(database, 0, 200)
        await until(lambda: complete(database, 20))
        postgres.kill()
        await asyncio.sleep(1.5)
        assert await dead_letters.look(vhost, "test.consumer") == []
        await postgres.start()
        await until(lambda: complete(database, 200), 60)
    found = await seen(database)
    assert len(found) == len(set(found)) == 200
    assert in_order(found)
    assert await dead_letters.look(vhost, "test.consumer") == []
