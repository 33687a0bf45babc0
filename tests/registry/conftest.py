"""A registry of its own for each test, and a connection of one who may do anything to it."""

import base64
from collections.abc import AsyncIterator

import asyncpg
import pytest

from chassis.db import Database
from services.registry.settings import keyring
from tests.fixtures.databases import MakeDatabase, Templates
from tests.registry.samples import KEYRING, KEYS


@pytest.fixture
async def registry(service_database: MakeDatabase) -> Database:
    return await service_database("registry")


@pytest.fixture
async def intruder(registry: Database, templates: Templates) -> AsyncIterator[asyncpg.Connection]:
    """The owner of the tables, who has all rights in the database, but not the journal's key."""
    name = registry.url.rsplit("/", 1)[1].split("?")[0]
    url = templates.url("registry", name, owner=True).replace("+asyncpg", "")
    connection = await asyncpg.connect(url)
    yield connection
    await connection.close()


@pytest.fixture(autouse=True)
def keys(monkeypatch: pytest.MonkeyPatch) -> None:
    for key_id, secret in KEYS.items():
        monkeypatch.setenv(f"LIAISON_JOURNAL_KEYS__{key_id}", base64.b64encode(secret).decode())
    monkeypatch.setenv("LIAISON_JOURNAL_KEY_ID", KEYRING.key_id)
    keyring.cache_clear()
