"""A consumer with a database: batches, duplicates, what it can't read, what it can't handle, and order."""

import asyncio
from collections.abc import Sequence

import pytest
import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import Consumer, Envelope, Later, dead_letters, declare, publisher
from chassis.context import ACTOR, CORRELATION
from chassis.db import Database
from contracts.events import Event
from contracts.events.filing import NominationLapsed, WithdrawalRequested
from tests.chassis.bus.conftest import Consuming, Publish
from tests.chassis.bus.samples import envelope_of, remember, seen, until, until_seen, withdrawal


def remembering(name: str = "test.consumer", **options: int) -> Consumer:
    consumer = Consumer(name, **options)

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, event.reason)

    return consumer


async def test_an_event_arrives_with_its_context(database: Database, consuming: Consuming, publish: Publish) -> None:
    consumer = Consumer("test.context")

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, f"{event.reason} {ACTOR.get()} {CORRELATION.get()} {envelope.actor}")

    async with consuming(consumer):
        await publish(withdrawal("a"), declared=consumer)
        await until_seen(database, ["a system:test.context request/1 enterprise:91410000CY2XD8E58U"])


async def test_a_batch_is_one_transaction(database: Database, consuming: Consuming, publish: Publish) -> None:
    consumer = remembering()
    marks = [str(number) for number in range(30)]
    await publish(*(withdrawal(mark, nomination=int(mark)) for mark in marks), declared=consumer)
    async with consuming(consumer):
        await until_seen(database, marks)
    async with database.engine.connect() as connection:
        assert await connection.scalar(sa.text("SELECT count(DISTINCT transaction) FROM seen")) == 1


async def test_one_type_is_handled_together_and_each_subject_keeps_its_order(
    database: Database, consuming: Consuming, publish: Publish
) -> None:
    consumer = Consumer("test.together")

    @consumer.on_many(WithdrawalRequested)
    async def note_all(session: AsyncSession, events: Sequence[WithdrawalRequested]) -> None:
        await remember(session, " ".join(event.reason for event in events))

    @consumer.on(NominationLapsed)
    async def note(session: AsyncSession, event: NominationLapsed, envelope: Envelope) -> None:
        await remember(session, "lapsed")

    lapsed = NominationLapsed(**withdrawal("a").model_dump(exclude={"reason"}))
    told = [withdrawal("a"), withdrawal("b", nomination=2), lapsed, withdrawal("c"), withdrawal("d", nomination=3)]
    await publish(*told, declared=consumer)
    async with consuming(consumer):
        await until_seen(database, ["a b d", "lapsed", "c"])


async def test_a_duplicate_is_handled_once(database: Database, consuming: Consuming, vhost: str) -> None:
    consumer = remembering()
    await declare([consumer], vhost)
    twice = envelope_of(withdrawal("twice"))
    async with publisher(vhost, "test") as broker, consuming(consumer):
        for envelope in (twice, twice, envelope_of(withdrawal("between"))):
            await broker.publish(envelope)
        await until_seen(database, ["twice", "between"])
        for envelope in (twice, envelope_of(withdrawal("last"))):
            await broker.publish(envelope)
        await until_seen(database, ["twice", "between", "last"])


async def test_the_journal_sees_every_type_also_one_of_the_future(
    database: Database, consuming: Consuming, vhost: str
) -> None:
    consumer = Consumer("test.journal")

    @consumer.on_every()
    async def note(session: AsyncSession, envelopes: Sequence[Envelope]) -> None:
        for envelope in envelopes:
            await remember(session, envelope.type)

    async with consuming(consumer), publisher(vhost, "test") as broker:
        await declare([consumer], vhost)
        await broker.publish(envelope_of(withdrawal("a")))
        await broker.publish(envelope_of(withdrawal("b"), type="filing.dreams.come_true.v1"))
        await broker.publish(envelope_of(withdrawal("c"), data=b"no json"))
        await until_seen(database, ["filing.withdrawal.requested.v1", "filing.dreams.come_true.v1"])
        await until(lambda: dead_letters.look(vhost, "test.journal"))
    assert "body" in (await dead_letters.look(vhost, "test.journal"))[0].reason


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"data": b"\x00" * 10_000_000}, "unreadable: body: Invalid JSON"),
        ({"data": b"{}"}, "unreadable: body.nomination_id: Field required"),
        ({"actor": ""}, "unreadable: cloudEvents:actor: is missing"),
    ],
)
async def test_an_unreadable_message_disturbs_no_other(
    database: Database, consuming: Consuming, vhost: str, change: dict[str, object], reason: str
) -> None:
    consumer = remembering()
    await declare([consumer], vhost)
    async with publisher(vhost, "test") as broker, consuming(consumer):
        for envelope in (
            envelope_of(withdrawal("before")),
            envelope_of(withdrawal("broken"), **change),
            envelope_of(withdrawal("after")),
        ):
            await broker.publish(envelope)
        await until_seen(database, ["before", "after"])
        await until(lambda: dead_letters.look(vhost, consumer.name))
    [letter] = await dead_letters.look(vhost, consumer.name)
    assert letter.reason.startswith(reason)


async def test_an_event_without_a_handler_is_refused(vhost: str, consuming: Consuming, publish: Publish) -> None:
    older = Consumer("test.consumer")
    older.on(WithdrawalRequested, NominationLapsed)(_pass)
    await declare([older], vhost)
    async with consuming(remembering()):
        await publish(NominationLapsed(**withdrawal("a").model_dump(exclude={"reason"})))
        await until(lambda: dead_letters.look(vhost, "test.consumer"))
    [letter] = await dead_letters.look(vhost, "test.consumer")
    assert letter.reason == "unreadable: type: test.consumer has no handler for 'filing.nomination.lapsed.v1'"


async def _pass(session: AsyncSession, event: Event, envelope: Envelope) -> None:
    pass


async def test_a_poisonous_event_is_put_aside_and_its_neighbours_are_handled(
    database: Database, consuming: Consuming, publish: Publish, vhost: str
) -> None:
    consumer = Consumer("test.consumer")
    attempts = 0

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        nonlocal attempts
        await remember(session, event.reason)
        if event.reason == "poison":
            attempts += 1
            await session.execute(sa.text("SELECT 1/0"))

    await publish(
        withdrawal("a", 1), withdrawal("poison", 2), withdrawal("b", 2), withdrawal("c", 3), declared=consumer
    )
    async with consuming(consumer):
        await until(lambda: dead_letters.look(vhost, consumer.name), 20)
        await until(lambda: _all_seen(database, {"a", "b", "c"}))
    [letter] = await dead_letters.look(vhost, consumer.name)
    assert letter.reason.startswith("failed 6 times: DBAPIError")
    assert "division by zero" in letter.reason
    assert attempts == 7  # once in the batch
    assert sorted(await seen(database)) == ["a", "b", "c"]


async def _all_seen(database: Database, marks: set[str]) -> bool:
    return set(await seen(database)) >= marks


async def test_a_subject_keeps_its_order_while_it_is_retried(
    database: Database, consuming: Consuming, publish: Publish
) -> None:
    consumer = Consumer("test.consumer")
    ready = asyncio.Event()

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        if event.reason == "1a" and not ready.is_set():
            raise Later("not ready")
        await remember(session, event.reason)

    async with consuming(consumer):
        await publish(withdrawal("1a", 1), withdrawal("1b", 1), withdrawal("2a", 2), declared=consumer)
        await until_seen(database, ["2a"])
        await publish(withdrawal("1c", 1), withdrawal("2b", 2))
        await until_seen(database, ["2a", "2b"])
        ready.set()
        await until_seen(database, ["2a", "2b", "1a", "1b", "1c"])


async def test_two_processes_share_a_queue_and_one_is_active(
    database: Database, consuming: Consuming, publish: Publish
) -> None:
    first, second = remembering(), Consumer("test.consumer")

    @second.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        await remember(session, f"second {event.reason}")

    async with consuming(first):
        await publish(withdrawal("a"), declared=first)
        await until_seen(database, ["a"])
        standby = consuming(second)
        await standby.__aenter__()
        await publish(*(withdrawal(mark) for mark in "bcdef"))
        await until_seen(database, list("abcdef"))
    await publish(withdrawal("g"))
    await until_seen(database, [*"abcdef", "second g"])
    await standby.__aexit__(None, None, None)


async def test_stopping_finishes_what_is_under_way(
    database: Database, consuming: Consuming, publish: Publish, vhost: str
) -> None:
    consumer = Consumer("test.consumer", batch=2)
    began = asyncio.Event()

    @consumer.on(WithdrawalRequested)
    async def note(session: AsyncSession, event: WithdrawalRequested, envelope: Envelope) -> None:
        began.set()
        await asyncio.sleep(0.2)
        await remember(session, event.reason)

    await publish(*(withdrawal(mark) for mark in "abcd"), declared=consumer)
    async with consuming(consumer):
        await began.wait()
    assert await seen(database) == ["a", "b"]
    async with consuming(consumer):
        await until_seen(database, ["a", "b", "c", "d"])


def test_a_type_has_one_handler_a_consumer() -> None:
    consumer = remembering()
    with pytest.raises(ValueError, match=r"handles filing\.withdrawal\.requested\.v1 already"):
        consumer.on(WithdrawalRequested)(_pass)
