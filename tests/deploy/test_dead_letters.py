"""What the journal could not take is not lost by an operator's slip, and is told where the journal is checked."""

import asyncio
import json

import pytest
from aio_pika import Message
from typer.testing import CliRunner

from chassis.bus import dead_letters, declare
from chassis.bus.broker import connected
from chassis.bus.topology import dead_queue_of
from chassis.db import Database
from deploy.cli import dead_letters as command
from deploy.cli import journal
from services.registry.consumers import journal as consumer
from tests.fixtures.databases import MakeDatabase

KEY = "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="


@pytest.fixture
async def broker(vhost: str, monkeypatch: pytest.MonkeyPatch) -> str:
    """With one dead letter of the journal."""
    await declare([consumer], vhost)
    async with connected(vhost, "test") as connection, connection.channel() as channel:
        await channel.default_exchange.publish(Message(b"{}", message_id="a"), dead_queue_of(consumer.name))
    monkeypatch.setenv("LIAISON_BROKER_URL", vhost)
    return vhost


@pytest.fixture
async def database(service_database: MakeDatabase, monkeypatch: pytest.MonkeyPatch) -> Database:
    found = await service_database("registry")
    monkeypatch.setenv("LIAISON_DATABASES__REGISTRY", found.url)
    monkeypatch.setenv("LIAISON_JOURNAL_KEYS", json.dumps({"first": KEY}))
    monkeypatch.setenv("LIAISON_JOURNAL_KEY_ID", "first")
    return found


def test_those_of_the_journal_are_dropped_by_force_only(broker: str) -> None:
    refused = CliRunner().invoke(command.app, ["drop", "registry.journal", "--all"])
    assert refused.exit_code == 1
    assert "--force" in refused.output
    assert asyncio.run(dead_letters.count(broker, "registry.journal")) == 1
    dropped = CliRunner().invoke(command.app, ["drop", "registry.journal", "--all", "--force", "--json"])
    assert json.loads(dropped.stdout) == {"consumer": "registry.journal", "dropped": 1}


def test_the_check_of_the_journal_tells_what_waits_for_it(broker: str, database: Database) -> None:
    checked = CliRunner().invoke(journal.app, ["verify", "--json"])
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["dead_letters"] == 1
    assert "1 events wait" in CliRunner().invoke(journal.app, ["verify"]).stdout


def test_without_a_broker_the_journal_is_checked_all_the_same(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LIAISON_BROKER_URL", "amqp://127.0.0.1:1/")
    checked = CliRunner().invoke(journal.app, ["verify", "--json"])
    assert checked.exit_code == 0
    assert json.loads(checked.stdout)["dead_letters"] is None
