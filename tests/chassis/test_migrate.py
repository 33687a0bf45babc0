"""Migrations beside code that goes on: they give way to who uses a table, and hold nobody up."""

import asyncio
from collections.abc import AsyncIterator
from itertools import count

import asyncpg
import pytest
import sqlalchemy as sa
from alembic.operations import Operations
from alembic.runtime.migration import MigrationContext

from chassis.db import engine_of
from chassis.migrate import TablesInUse, current_revision, latest_revision, migrate
from chassis.schema import build_index
from tests.fixtures.databases import Templates

numbers = count(1)
BEFORE = "0002"
"""The migration of review after it changes tables that people work with."""


@pytest.fixture
async def owner(templates: Templates) -> AsyncIterator[str]:
    """URL of an empty database of review, as its owner."""
    await templates.drop(await templates.clone("review"))  # its roles are there then
    name = f"migrated_{next(numbers)}"
    await templates.run(f'CREATE DATABASE "{name}" OWNER review_owner')
    yield templates.url("review", name, owner=True)
    await templates.drop(name)


@pytest.fixture
async def somebody(owner: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of code that is running."""
    connection = await asyncpg.connect(owner.replace("+asyncpg", ""), command_timeout=20)
    yield connection
    await connection.close()


async def test_a_migration_gives_way_to_who_reads_and_gets_its_turn(owner: str, somebody: asyncpg.Connection) -> None:
    await migrate("review", owner, BEFORE)
    other = await asyncpg.connect(owner.replace("+asyncpg", ""))
    long, told = somebody.transaction(), asyncio.Queue[str]()
    await long.start()
    await somebody.fetch("SELECT FROM tasks")
    migrating = asyncio.create_task(migrate("review", owner, say=told.put_nowait))
    await asyncio.wait_for(told.get(), 20)
    await asyncio.wait_for(told.get(), 20)
    await other.fetch("SELECT FROM tasks", timeout=10)
    assert not migrating.done()
    await long.rollback()
    assert await migrating == latest_revision("review")
    await other.close()


async def test_a_migration_that_never_gets_its_turn_leaves_all_as_it_was(
    owner: str, somebody: asyncpg.Connection
) -> None:
    await migrate("review", owner, BEFORE)
    async with somebody.transaction():
        await somebody.fetch("SELECT FROM tasks")
        with pytest.raises(TablesInUse, match="tables of review"):
            await migrate("review", owner, patience=0)
    assert await current_revision(owner) == BEFORE


async def test_two_migrations_of_one_database_take_turns(owner: str) -> None:
    first, second = await asyncio.gather(migrate("review", owner), migrate("review", owner))
    assert first == second == latest_revision("review")


async def test_an_index_is_built_while_rows_are_written(owner: str, somebody: asyncpg.Connection) -> None:
    """An attempt that failed leaves an index that nobody can use: the next one replaces it."""
    await somebody.execute("CREATE TABLE things (name text); INSERT INTO things VALUES ('twice'), ('twice')")
    with pytest.raises(sa.exc.IntegrityError):
        await _build(owner)
    assert await _valid(somebody) is False
    await somebody.execute("DELETE FROM things")
    writing = somebody.transaction()
    await writing.start()
    await somebody.execute("INSERT INTO things VALUES ('once')")
    building = asyncio.create_task(_build(owner))
    await asyncio.sleep(3)  # longer than other migrations wait for a lock
    assert not building.done()
    await somebody.execute("INSERT INTO things VALUES ('again')")
    await writing.commit()
    assert await building == "2s"
    assert await _valid(somebody) is True


async def _build(owner: str) -> str:
    """As a migration does; returns the lock timeout that holds afterwards."""

    def build(connection: sa.Connection) -> str:
        context = MigrationContext.configure(connection, opts={"transaction_per_migration": True})
        with Operations.context(context), context.begin_transaction(_per_migration=True):
            build_index("uq_things_name", "things", ["name"], unique=True)
            return str(connection.scalar(sa.text("SHOW lock_timeout")))

    engine = engine_of(owner, server_settings={"lock_timeout": "2s"}, poolclass=sa.NullPool)
    async with engine.connect() as connection:
        return await connection.run_sync(build)


async def _valid(connection: asyncpg.Connection) -> bool | None:
    found: bool | None = await connection.fetchval(
        "SELECT indisvalid FROM pg_index WHERE indexrelid = to_regclass('uq_things_name')"
    )
    return found
