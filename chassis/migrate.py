"""Runs a service's Alembic migrations, as the owner of its database, beside code that goes on using it."""

import asyncio
from collections.abc import Callable
from importlib import resources

import sqlalchemy as sa
from alembic.config import Config
from alembic.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from chassis.db import engine_of

ONE_AT_A_TIME = 7_305_811_202
"""The advisory lock: two migrations of one database wait for each other."""

LOCK_TIMEOUT = "2s"
"""Whoever waits for a table's lock holds up all who come later, readers too: a migration gives way, and tries again."""

PATIENCE = 300.0
"""Seconds after which a migration that never gets its lock is given up."""

LONGEST_PAUSE = 10.0
GIVE_WAY = frozenset({"55P03", "40P01"})
"""SQLSTATE: lock_not_available, deadlock_detected."""


class TablesInUse(TimeoutError):  # noqa: N818 - named for what is the case
    """Long transactions kept the locks that a migration needs. What it had done is undone."""

    def __init__(self, service: str, waited: float) -> None:
        super().__init__(
            f"transactions keep tables of {service} locked, and {waited:.0f} s have not been enough: "
            "end them (pg_stat_activity has the oldest by xact_start), and migrate again"
        )


async def migrate(
    service: str,
    owner_url: str,
    revision: str = "head",
    *,
    say: Callable[[str], None] = lambda _line: None,
    patience: float = PATIENCE,
) -> str:
    """Bring the database of `service` to `revision`, a transaction a migration; returns the revision it stands at.

    Raises `TablesInUse`. `say` is told when it has to wait.
    """
    clock = asyncio.get_running_loop().time
    began, pause = clock(), 0.5
    while True:
        try:
            return await _try(service, owner_url, revision)
        except DBAPIError as error:
            if getattr(error.orig, "sqlstate", None) not in GIVE_WAY:
                raise
            if clock() - began > patience:
                raise TablesInUse(service, clock() - began) from error
        say(f"Tables of {service} are in use; the migration tries again in {pause:g} s")
        await asyncio.sleep(pause)
        pause = min(pause * 2, LONGEST_PAUSE)


async def _try(service: str, owner_url: str, revision: str) -> str:
    engine = engine_of(owner_url, server_settings={"lock_timeout": LOCK_TIMEOUT}, poolclass=sa.NullPool)
    try:
        async with engine.connect() as connection:
            await _take_turn(connection)
            return await connection.run_sync(_upgrade, service, revision)
    finally:
        await engine.dispose()


async def _take_turn(connection: AsyncConnection) -> None:
    """For as long as the connection lives. Asked for again and again: an index that is being built waits for every
    transaction, also for one that would wait here."""
    while not await connection.scalar(sa.select(sa.func.pg_try_advisory_lock(ONE_AT_A_TIME))):
        await connection.commit()
        await asyncio.sleep(0.2)
    await connection.commit()


async def current_revision(url: str) -> str | None:
    """The revision a database stands at; None when it was never migrated."""
    engine = engine_of(url, poolclass=sa.NullPool)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    finally:
        await engine.dispose()


def latest_revision(service: str) -> str:
    head = scripts_of(service).get_current_head()
    if head is None:
        raise LookupError(f"{service} has no migrations")
    return head


def is_known(service: str, revision: str) -> bool:
    """Whether this code has the migration: a database of newer code is at one that it hasn't."""
    return revision in {script.revision for script in scripts_of(service).walk_revisions()}


def _upgrade(connection: sa.Connection, service: str, revision: str) -> str:
    scripts = scripts_of(service)

    def steps(current: tuple[str, ...] | str, _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs(revision, current)  # type: ignore[arg-type]

    with EnvironmentContext(_config(service), scripts, fn=steps, destination_rev=revision) as environment:
        environment.configure(connection=connection, transaction_per_migration=True)
        with environment.begin_transaction():
            environment.run_migrations()
    return MigrationContext.configure(connection).get_current_revision() or ""


def scripts_of(service: str) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(service))


def _config(service: str) -> Config:
    config = Config()
    folder = resources.files(f"services.{service}") / "migrations"
    config.set_main_option("script_location", str(folder))
    return config
