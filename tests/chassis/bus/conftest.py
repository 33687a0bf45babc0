"""A database with nothing but the plumbing, and shorthands to run consumers and to publish."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from itertools import count
from typing import Any, TypeAlias

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.migration import MigrationContext
from alembic.operations import Operations

from chassis.bus import Consumer, declare, publisher, run_consumers
from chassis.db import Database
from chassis.schema import create_inbox, create_outbox
from contracts.events import Event
from deploy.servers.postgres import PostgresServer
from tests.chassis.bus.samples import envelope_of

numbers = count(1)
Publish: TypeAlias = Callable[..., Awaitable[None]]
Consuming: TypeAlias = Callable[..., AbstractAsyncContextManager[None]]


@pytest.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Database]:
    """Outbox, inbox, and a table `seen` for what handlers want to remember."""
    name = f"bus_{next(numbers)}"
    await _execute(postgres.admin_url, f"CREATE DATABASE {name}")
    database = Database(postgres.url(name))
    async with database.engine.begin() as connection:
        await connection.run_sync(_plumbing)
    yield database
    await database.close()
    await _execute(postgres.admin_url, f"DROP DATABASE {name} WITH (FORCE)")


def _plumbing(connection: sa.Connection) -> None:
    with Operations.context(MigrationContext.configure(connection)):
        create_outbox()
        create_inbox()
    connection.execute(
        sa.text("CREATE TABLE seen (n bigint GENERATED ALWAYS AS IDENTITY, mark text, transaction bigint)")
    )


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()


@pytest.fixture
def publish(vhost: str) -> Publish:
    """Publish events, one after another; given `declared`, their queues are made first."""

    async def send(*events: Event, declared: Consumer | None = None) -> None:
        if declared:
            await declare([declared], vhost)
        async with publisher(vhost, "test") as broker:
            for event in events:
                await broker.publish(envelope_of(event))

    return send


@pytest.fixture
def consuming(vhost: str, database: Database) -> Consuming:
    """Run consumers inside of a block."""

    def run(*consumers: Consumer) -> AbstractAsyncContextManager[None]:
        return background(run_consumers(consumers, database, vhost))

    return run


@asynccontextmanager
async def background(work: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """As a process would: it runs until it is told to stop, and must stop in time."""
    task = asyncio.create_task(work)
    try:
        yield
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await asyncio.wait_for(task, 15)
