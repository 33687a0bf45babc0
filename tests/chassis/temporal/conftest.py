"""A real Temporal namespace with encryption, and a database with nothing but the plumbing."""

from collections.abc import AsyncIterator
from itertools import count

import asyncpg
import pytest
from temporalio.client import Client

from chassis.db import Database
from chassis.outbox import METADATA
from chassis.temporal.codec import EncryptionCodec
from chassis.temporal.plugin import LiaisonPlugin
from deploy.servers.postgres import PostgresServer
from deploy.servers.temporal import TemporalServer

KEYS = {"old": bytes(32), "new": bytes(range(32))}
numbers = count(1)


@pytest.fixture
async def namespace(temporal: TemporalServer) -> str:
    name = f"chassis-{next(numbers)}"
    await temporal.add_namespace(name)
    return name


@pytest.fixture
async def client(temporal: TemporalServer, namespace: str) -> Client:
    plugin = LiaisonPlugin(EncryptionCodec(KEYS, "new"))
    return await Client.connect(temporal.address, namespace=namespace, plugins=[plugin])


@pytest.fixture
async def database(postgres: PostgresServer) -> AsyncIterator[Database]:
    name = f"temporal_{next(numbers)}"
    await _execute(postgres.admin_url, f"CREATE DATABASE {name}")
    database = Database(postgres.url(name))
    async with database.engine.begin() as connection:
        await connection.run_sync(METADATA.create_all)
    yield database
    await database.close()
    await _execute(postgres.admin_url, f"DROP DATABASE {name} WITH (FORCE)")


async def _execute(url: str, statement: str) -> None:
    connection = await asyncpg.connect(url)
    await connection.execute(statement)
    await connection.close()
