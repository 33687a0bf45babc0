"""A consumer that is stuck shows by the age of what it has in hand, and by what waits behind it."""

import asyncio

import pytest
from prometheus_client import REGISTRY
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope, run
from chassis.db import Database
from contracts.events.filing import WithdrawalRequested
from tests.chassis.bus.conftest import Consuming, Publish
from tests.chassis.bus.samples import remember, until, until_seen, withdrawal


def told(metric: str) -> float | None:
    return REGISTRY.get_sample_value(f"liaison_consumer_{metric}", {"consumer": "test.stuck"})


async def test_a_stuck_consumer_is_seen(
    database: Database, publish: Publish, consuming: Consuming, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "COUNT_EVERY", 0.05)
    consumer = Consumer("test.stuck", batch=1)
    consumer.prefetch = 2
    freed = asyncio.Event()

    @consumer.on(WithdrawalRequested)
    async def hang(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await freed.wait()
        await remember(session, event.reason)

    await publish(*(withdrawal(str(mark)) for mark in range(5)), declared=consumer)

    async def stuck() -> bool:
        return (told("oldest_seconds") or 0) > 0.5 and told("queue_depth") == 3

    async def idle() -> bool:
        return (told("oldest_seconds"), told("queue_depth")) == (0, 0)

    async with consuming(consumer):
        await until(stuck)
        freed.set()
        await until_seen(database, list("01234"))
        await until(idle)
