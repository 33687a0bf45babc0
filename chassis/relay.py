"""The relay takes events out of a service's outbox and publishes them, in the order they were recorded."""

import asyncio
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

import asyncpg
import structlog

from chassis.bus import metrics
from chassis.bus.envelope import Envelope, source_of
from chassis.bus.faults import Backoff, is_passing, summary
from chassis.bus.publisher import Outcome, Publisher, publisher
from chassis.clock import now
from chassis.db import dsn_of

LEADER = 7_305_811_203
"""The advisory lock; every service has a database of its own, so all may use the same number."""

BATCH = 500
POLL = 5.0
GATHER = 0.02
"""Seconds between a wake-up call and the look: a burst of small transactions becomes one round."""

STAND_BY = 1.0
GRACE = 10.0
HOUSEKEEPING_EVERY = 600.0
T = TypeVar("T")
log = structlog.get_logger("relay")

UNPUBLISHED = """
SELECT id, event_id, type, subject, time, actor, correlation_id, traceparent, data
FROM outbox WHERE published_at IS NULL ORDER BY id LIMIT $1
"""
MARK = "UPDATE outbox SET published_at = now() WHERE id = ANY($1::bigint[])"
BACKLOG = "SELECT count(*) AS backlog, min(time) AS oldest FROM outbox WHERE published_at IS NULL"
PRUNE = (
    "DELETE FROM outbox WHERE id = ANY(ARRAY(SELECT id FROM outbox WHERE published_at < now() - interval '7 days' "
    "ORDER BY published_at LIMIT 10000))",
    "DELETE FROM inbox WHERE ctid = ANY(ARRAY(SELECT ctid FROM inbox WHERE handled_at < now() - interval '30 days' "
    "ORDER BY handled_at LIMIT 10000))",
)


class Relay:
    """Of all relays of a service one is active, by an advisory lock that ends with its connection; others stand by."""

    def __init__(self, service: str, database_url: str, broker_url: str) -> None:
        self._service = service
        self._dsn = dsn_of(database_url)
        self._broker_url = broker_url
        self._wake = asyncio.Event()
        self._measure_at = self._tidy_at = 0.0

    async def run(self) -> None:
        """Run until cancelled; a round under way is finished first."""
        backoff = Backoff(cap=2)
        while True:
            try:
                async with self._leading() as database:
                    await self._measure(database)
                    async with publisher(self._broker_url, f"{self._service} relay") as broker:
                        await broker.require_queues()
                        backoff.reset()
                        log.info("relaying", service=self._service)
                        await self._relay(database, broker)
            except Exception as error:  # whatever it is, the events are safe in the outbox
                seconds = backoff.next()
                note = log.warning if is_passing(error) else log.error
                note("relay_waits", service=self._service, seconds=round(seconds, 2), why=summary(error))
                await asyncio.sleep(seconds)

    @asynccontextmanager
    async def _leading(self) -> AsyncIterator[asyncpg.Connection]:
        """A connection that holds the lock and listens for new rows."""
        # A mark that a crash of the server loses has its event published again, and passed over: nobody waits for it.
        settings = {"application_name": f"liaison {self._service} relay", "synchronous_commit": "off"}
        connection = await asyncpg.connect(self._dsn, timeout=10, command_timeout=60, server_settings=settings)
        try:
            await self._lead(connection)
            connection.add_termination_listener(lambda _connection: self._wake.set())
            await connection.add_listener("outbox", lambda *_notification: self._wake.set())
            yield connection
        finally:
            connection.terminate()

    async def _relay(self, database: asyncpg.Connection, broker: Publisher) -> None:
        while True:
            self._wake.clear()
            more = await _finished(self._round(database, broker))
            await self._keep_house(database)
            if not more:
                await self._woken()

    async def _woken(self) -> None:
        try:
            async with asyncio.timeout(POLL):
                await self._wake.wait()
        except TimeoutError:
            return
        await asyncio.sleep(GATHER)

    async def _round(self, database: asyncpg.Connection, broker: Publisher) -> bool:
        """Publish what is unpublished now, a batch at most; True when there may be more."""
        rows = await database.fetch(UNPUBLISHED, BATCH)
        if not rows:
            return False
        ids = {row["event_id"]: row["id"] for row in rows}
        outcome = await broker.publish_all([self._envelope(row) for row in rows])
        if outcome.confirmed:
            await database.execute(MARK, [ids[envelope.id] for envelope in outcome.confirmed])
            metrics.PUBLISHED.labels(self._service).inc(len(outcome.confirmed))
        await self._complain(outcome)
        return len(rows) == BATCH or bool(outcome.refused)

    async def _complain(self, outcome: Outcome) -> None:
        if outcome.lost:
            raise outcome.lost
        if outcome.refused:
            subject, reason = next(iter(outcome.refused.items()))
            log.error("unroutable", service=self._service, subjects=len(outcome.refused), subject=subject, why=reason)
            await asyncio.sleep(STAND_BY)

    def _envelope(self, row: asyncpg.Record) -> Envelope:
        return Envelope(
            id=row["event_id"],
            source=source_of(self._service),
            type=row["type"],
            subject=row["subject"],
            time=row["time"],
            actor=row["actor"],
            correlation_id=row["correlation_id"] or row["subject"],
            traceparent=row["traceparent"],
            data=row["data"].encode(),
        )

    async def _keep_house(self, database: asyncpg.Connection) -> None:
        time = asyncio.get_running_loop().time()
        if time >= self._measure_at:
            self._measure_at = time + POLL
            await self._measure(database)
        if time >= self._tidy_at:
            self._tidy_at = time + HOUSEKEEPING_EVERY
            for statement in PRUNE:
                await database.execute(statement)

    async def _lead(self, connection: asyncpg.Connection) -> None:
        """Asked for again and again: a query that waits for a lock would hold back vacuum for as long as it waits.

        Who stands by tells no backlog: what it measured when it led may be long gone.
        """
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", LEADER):
            metrics.BACKLOG.labels(self._service).set(0)
            metrics.AGE.labels(self._service).set(0)
            await asyncio.sleep(STAND_BY)

    async def _measure(self, database: asyncpg.Connection) -> None:
        found = await database.fetchrow(BACKLOG)
        age = (now() - found["oldest"]).total_seconds() if found["oldest"] else 0.0
        metrics.BACKLOG.labels(self._service).set(found["backlog"])
        metrics.AGE.labels(self._service).set(age)


async def _finished(work: Coroutine[Any, Any, T]) -> T:
    """Being cancelled, wait for what has begun: an event published and not marked would go out twice."""
    task = asyncio.create_task(work)
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        await asyncio.wait([task], timeout=GRACE)
        raise
