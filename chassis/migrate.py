"""Runs a service's Alembic migrations, as the owner of its database."""

from importlib import resources

import sqlalchemy as sa
from alembic.config import Config
from alembic.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext, RevisionStep
from alembic.script import ScriptDirectory
from sqlalchemy.ext.asyncio import create_async_engine

ONE_AT_A_TIME = 7_305_811_202


async def migrate(service: str, owner_url: str, revision: str = "head") -> str:
    """Bring the database of `service` to `revision`; returns the revision it stands at.

    Two migrations of one database at the same time wait for each other.
    """
    engine = create_async_engine(owner_url, poolclass=sa.NullPool, hide_parameters=True)
    try:
        async with engine.begin() as connection:
            await connection.execute(sa.text("SELECT pg_advisory_xact_lock(:key)"), {"key": ONE_AT_A_TIME})
            return await connection.run_sync(_upgrade, service, revision)
    finally:
        await engine.dispose()


async def current_revision(url: str) -> str | None:
    """The revision a database stands at; None when it was never migrated."""
    engine = create_async_engine(url, poolclass=sa.NullPool, hide_parameters=True)
    try:
        async with engine.connect() as connection:
            return await connection.run_sync(lambda sync: MigrationContext.configure(sync).get_current_revision())
    finally:
        await engine.dispose()


def latest_revision(service: str) -> str:
    head = _scripts(service).get_current_head()
    if head is None:
        raise LookupError(f"{service} has no migrations")
    return head


def is_known(service: str, revision: str) -> bool:
    """Whether this code has the migration: a database of newer code is at one that it hasn't."""
    return revision in {script.revision for script in _scripts(service).walk_revisions()}


def _upgrade(connection: sa.Connection, service: str, revision: str) -> str:
    scripts = _scripts(service)

    def steps(current: tuple[str, ...] | str, _context: MigrationContext) -> list[RevisionStep]:
        return scripts._upgrade_revs(revision, current)  # type: ignore[arg-type]

    with EnvironmentContext(_config(service), scripts, fn=steps, destination_rev=revision) as environment:
        environment.configure(connection=connection, transaction_per_migration=False)
        with environment.begin_transaction():
            environment.run_migrations()
    return MigrationContext.configure(connection).get_current_revision() or ""


def _scripts(service: str) -> ScriptDirectory:
    return ScriptDirectory.from_config(_config(service))


def _config(service: str) -> Config:
    config = Config()
    folder = resources.files(f"services.{service}") / "migrations"
    config.set_main_option("script_location", str(folder))
    return config
