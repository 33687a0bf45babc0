"""The services' databases, entered by the server's administrator."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa

from chassis.db import Database
from deploy.servers import PostgresServer
from deploy.stack import Stack
from tests.bench.servers import own


@asynccontextmanager
async def database_of(stack: Stack, service: str) -> AsyncIterator[Database]:
    database = Database(_url(stack, service), pool_size=2)
    try:
        yield database
    finally:
        await database.close()


async def settle(stack: Stack, service: str) -> None:
    """What PostgreSQL does by itself some time after many rows were written."""
    async with database_of(stack, service) as database, database.engine.connect() as connection:
        alone = await connection.execution_options(isolation_level="AUTOCOMMIT")
        await alone.execute(sa.text("VACUUM ANALYZE"))


def _url(stack: Stack, service: str) -> str:
    name = stack.environment[f"LIAISON_DATABASES__{service.upper()}"].rpartition("/")[2]
    return own(stack, PostgresServer).url(name)
