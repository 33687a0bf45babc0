"""Dead letters can be looked at, sent back to the one queue they came from, and dropped."""

import json

import pytest
from aio_pika.abc import AbstractIncomingMessage
from sqlalchemy.ext.asyncio import AsyncSession
from typer.testing import CliRunner

from chassis.bus import Consumer, Envelope, dead_letters, declare, publisher
from chassis.bus.broker import connected
from chassis.bus.dead_letters import DeadLetter
from chassis.db import Database
from contracts.events.filing import WithdrawalRequested
from deploy.cli import dead_letters as command
from tests.chassis.bus.conftest import Consuming
from tests.chassis.bus.samples import envelope_of, remember, seen, until, until_seen, withdrawal


class Failing:
    """Two consumers of the same event; the first fails until it is mended."""

    def __init__(self) -> None:
        self.mended = False
        self.first, self.second = Consumer("test.first"), Consumer("test.second")
        self.first.on(WithdrawalRequested)(self.handle_first)
        self.second.on(WithdrawalRequested)(self.handle_second)

    async def handle_first(self, session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        if not self.mended:
            raise ValueError("not mended")
        await remember(session, f"first {event.reason}")

    async def handle_second(self, session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, f"second {event.reason}")


@pytest.fixture
async def failing(database: Database, consuming: Consuming, vhost: str) -> Failing:
    """Two events, a and b, are dead letters of the first consumer; the second has handled them."""
    failing = Failing()
    await declare([failing.first, failing.second], vhost)
    async with publisher(vhost, "test") as broker, consuming(failing.first, failing.second):
        for number, mark in enumerate("ab"):
            await broker.publish(envelope_of(withdrawal(mark, number)))
        await until(lambda: _lie_there(vhost, 2), 25)
        await until_seen(database, ["second a", "second b"])
    return failing


async def _lie_there(vhost: str, count: int) -> list[DeadLetter]:
    letters = await dead_letters.look(vhost, "test.first")
    return letters if len(letters) == count else []


async def test_they_come_back_to_their_own_queue_alone(
    failing: Failing, database: Database, consuming: Consuming, vhost: str
) -> None:
    first, second = sorted(await dead_letters.look(vhost, "test.first"), key=lambda letter: letter.subject or "")
    assert (first.type, first.subject) == ("filing.withdrawal.requested.v1", withdrawal("a", 0).subject)
    assert first.reason == "failed 6 times: ValueError: not mended"
    failing.mended = True
    assert await dead_letters.replay(vhost, "test.first", {first.id or ""}) == 1
    async with consuming(failing.first, failing.second):
        await until_seen(database, ["second a", "second b", "first a"])
        assert await dead_letters.replay(vhost, "test.first") == 1
        await until_seen(database, ["second a", "second b", "first a", "first b"])
    assert await dead_letters.look(vhost, "test.first") == []
    assert second.id != first.id


async def test_a_letter_that_was_looked_at_often_is_still_there(failing: Failing, vhost: str) -> None:
    for _ in range(25):
        assert len(await dead_letters.look(vhost, "test.first")) == 2


async def test_dropped_ones_are_gone(failing: Failing, vhost: str, database: Database) -> None:
    first, second = await dead_letters.look(vhost, "test.first")
    assert await dead_letters.drop(vhost, "test.first", {first.id or ""}) == 1
    assert [letter.id for letter in await dead_letters.look(vhost, "test.first")] == [second.id]
    assert await seen(database) == ["second a", "second b"]


async def test_a_message_that_was_never_settled_becomes_one_too(vhost: str) -> None:
    """RabbitMQ itself puts a message aside that was delivered too often; the reason is then RabbitMQ's."""
    failing = Failing()
    await declare([failing.first], vhost)
    async with publisher(vhost, "test") as broker:
        await broker.publish(envelope_of(withdrawal("a")))
    await _deliver_in_vain(vhost, "test.first", 101)
    assert (await dead_letters.look(vhost, "test.first"))[0].reason == "delivery_limit"


async def _deliver_in_vain(vhost: str, name: str, times: int) -> None:
    """As a process that crashes whenever it gets the message."""
    deliveries = 0

    async def crash(message: AbstractIncomingMessage) -> None:
        nonlocal deliveries
        deliveries += 1
        await message.nack(requeue=True)

    async with connected(vhost, "test") as connection, connection.channel() as channel:
        queue = await channel.get_queue(name, ensure=False)
        await queue.consume(crash)
        await until(lambda: _lie_there(vhost, 1))
    assert deliveries == times


def test_the_command_shows_and_drops_them(failing: Failing, vhost: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIAISON_BROKER_URL", vhost)
    monkeypatch.setattr(command, "consumer_names", lambda: ["test.first", "test.second"])
    runner = CliRunner()
    shown = runner.invoke(command.app, ["look", "--json"])
    letters = json.loads(shown.stdout)
    assert [letter["consumer"] for letter in letters] == ["test.first", "test.first"]
    table = runner.invoke(command.app, ["look", "test.first"], env={"COLUMNS": "200"})
    assert "ValueError: not mended" in table.stdout
    assert runner.invoke(command.app, ["drop", "test.first"]).exit_code != 0  # neither --id nor --all
    dropped = runner.invoke(command.app, ["drop", "test.first", "--id", letters[0]["id"], "--json"])
    assert json.loads(dropped.stdout) == {"consumer": "test.first", "dropped": 1}
    replayed = runner.invoke(command.app, ["replay", "test.first", "--all", "--json"])
    assert json.loads(replayed.stdout) == {"consumer": "test.first", "replayed": 1}
    assert json.loads(runner.invoke(command.app, ["look", "--json"]).stdout) == []
    assert runner.invoke(command.app, ["look", "nobody"]).exit_code == 1
