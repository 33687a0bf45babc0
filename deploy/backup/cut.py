"""One cut through the databases of all services: no event that one of them has handled is unknown to who recorded it.

Each service has a database of its own, and a snapshot belongs to one database. So for a moment no transaction may
commit that records or handles an event: all outboxes and inboxes are locked against writing, a snapshot is taken in
each database, the locks are given back. People wait for some milliseconds; reading goes on.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager

import asyncpg

from chassis.db import dsn_of
from deploy.backup.refused import Refused
from deploy.stack.together import together

WRITTEN_WITH_EVENTS = ("inbox", "outbox")
"""In the order in which a consumer writes them: otherwise each would wait for the other."""

LONGEST_WAIT = "2s"
"""Who writes waits behind a lock that waits for a long transaction: it gives up before anybody notices."""

ATTEMPTS = 30
PAUSE = 1.0


class Busy(Refused):
    def __init__(self) -> None:
        super().__init__(f"In {ATTEMPTS} attempts some transaction always took longer than {LONGEST_WAIT}: try later")


@asynccontextmanager
async def consistent_cut(urls: Mapping[str, str]) -> AsyncIterator[dict[str, asyncpg.Connection]]:
    """Service → a connection whose snapshot lasts until the end. `urls`: as a user that may read and lock."""
    async with AsyncExitStack() as stack:
        lockers = [await stack.enter_async_context(_connected(url)) for url in urls.values()]
        readers = {service: await stack.enter_async_context(_connected(url)) for service, url in urls.items()}
        await _freeze(lockers)
        await together(*(_take_snapshot(reader) for reader in readers.values()))
        await _thaw(lockers)
        yield readers


async def _freeze(lockers: Iterable[asyncpg.Connection]) -> None:
    for _ in range(ATTEMPTS):
        try:
            await together(*(_lock(locker) for locker in lockers))
        except (asyncpg.LockNotAvailableError, asyncpg.DeadlockDetectedError):
            await _thaw(lockers)
            await asyncio.sleep(PAUSE)
        else:
            return
    raise Busy


async def _lock(connection: asyncpg.Connection) -> None:
    await connection.execute("BEGIN")
    await connection.execute(f"SET LOCAL lock_timeout = '{LONGEST_WAIT}'")
    for table in WRITTEN_WITH_EVENTS:
        if await connection.fetchval("SELECT to_regclass($1)", table):
            await connection.execute(f"LOCK TABLE {table} IN SHARE MODE")


async def _take_snapshot(connection: asyncpg.Connection) -> None:
    await connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY")
    await connection.fetch("SELECT FROM alembic_version")


async def _thaw(lockers: Iterable[asyncpg.Connection]) -> None:
    for locker in lockers:
        await locker.execute("ROLLBACK")


@asynccontextmanager
async def _connected(url: str) -> AsyncIterator[asyncpg.Connection]:
    connection = await asyncpg.connect(dsn_of(url), timeout=10)
    try:
        yield connection
    finally:
        await connection.close()
