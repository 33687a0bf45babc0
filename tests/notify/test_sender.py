"""Senders share the work, and what a killed one held is sent by another."""

import asyncio
import sys
from datetime import timedelta

import pytest
import sqlalchemy as sa

from chassis.auth.verify import Verifier
from chassis.clock import now
from chassis.db import Database
from chassis.service import Runtime
from services.notify.models import Message, State
from services.notify.rules import Channel
from services.notify.sender import pause, send_messages
from services.notify.settings import NotifySettings
from tests.notify.conftest import LONG_AGO, MakePost, Post
from tests.notify.receiver import Receiver
from tests.notify.samples import APPROVED


async def expire_leases(database: Database) -> None:
    """As if the lease's seconds had passed."""
    async with database.transaction() as session:
        await session.execute(sa.update(Message).where(Message.state == State.PENDING).values(due_at=LONG_AGO))


async def until_settled(post: Post) -> list[Message]:
    async with asyncio.timeout(15):
        while True:
            messages = await post.messages(Channel.WEBHOOK)
            if all(message.state != State.PENDING for message in messages):
                return messages
            await asyncio.sleep(0.05)


async def test_two_senders_never_send_the_same(
    make_post: MakePost, settings: NotifySettings, receiver: Receiver
) -> None:
    post = make_post(settings)
    await post.endpoint(receiver.url)
    await post.told(*[APPROVED] * 40)
    await asyncio.gather(*(make_post(settings).sender.send_due() for _ in range(4)))
    assert len(receiver.received) == len({got.headers["webhook-id"] for got in receiver.received}) == 40


async def test_a_claimed_message_is_left_alone_until_the_lease_is_over(post: Post, receiver: Receiver) -> None:
    receiver.hold = asyncio.Event()
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    sending = asyncio.create_task(post.sender.send_due())
    await receiver.came.wait()
    assert await post.sender.send_due() == 0
    [message] = await post.messages(Channel.WEBHOOK)
    assert message.due_at - now() > timedelta(seconds=60)
    receiver.hold.set()
    assert await sending == 1


async def test_a_receiver_that_never_answers_is_left_before_the_lease_is_over(
    make_post: MakePost, settings: NotifySettings, receiver: Receiver
) -> None:
    post = make_post(settings.model_copy(update={"lease": 0.6, "delivery_attempts": 1}))
    receiver.hold = asyncio.Event()
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    await asyncio.wait_for(post.sender.send_due(), 5)
    [message] = await post.messages(Channel.WEBHOOK)
    assert (message.state, message.error) == (State.ABANDONED, "TimeoutError")
    receiver.hold.set()


async def test_what_a_killed_sender_held_is_sent_again_under_its_id(post: Post, receiver: Receiver) -> None:
    receiver.hold = asyncio.Event()
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    killed = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.notify.lone_sender", post.database.url, stdout=asyncio.subprocess.DEVNULL
    )
    await asyncio.wait_for(receiver.came.wait(), 20)
    killed.kill()
    await killed.wait()
    receiver.hold = None
    assert await post.sender.send_due() == 0
    await expire_leases(post.database)
    assert await post.sender.send_due() == 1
    [message] = await post.messages(Channel.WEBHOOK)
    assert (message.state, message.attempts) == (State.DELIVERED, 2)
    assert len({got.headers["webhook-id"] for got in receiver.received}) == 1


async def test_who_lost_the_lease_writes_nothing(post: Post, receiver: Receiver) -> None:
    receiver.hold, receiver.answers = asyncio.Event(), [500, 500]
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    slow = asyncio.create_task(post.sender.send_due())
    await receiver.came.wait()
    await expire_leases(post.database)
    receiver.came.clear()
    second = asyncio.create_task(post.sender.send_due())
    await receiver.came.wait()
    await expire_leases(post.database)
    receiver.hold.set()
    await asyncio.gather(slow, second)
    [message] = await post.messages(Channel.WEBHOOK)
    assert (message.attempts, message.state) == (2, State.PENDING)


async def test_the_loop_sends_what_comes_and_outlives_a_database_that_is_away(
    post: Post, settings: NotifySettings, receiver: Receiver, monkeypatch: pytest.MonkeyPatch
) -> None:
    quick = settings.model_copy(update={"poll_every": 0.05})
    verifier, own = Verifier(quick), Database(post.database.url)
    loop = asyncio.create_task(send_messages(Runtime(quick, own, verifier)))
    await post.endpoint(receiver.url)
    await post.told(APPROVED)
    await until_settled(post)
    async with post.database.transaction() as session:
        mine = sa.text("usename = current_user AND datname = current_database() AND pid <> pg_backend_pid()")
        await session.execute(
            sa.select(sa.func.pg_terminate_backend(sa.column("pid")))
            .select_from(sa.table("pg_stat_activity"))
            .where(mine)
        )
    await asyncio.sleep(0.2)
    await post.told(APPROVED)
    assert [message.state for message in await until_settled(post)] == [State.DELIVERED] * 2
    loop.cancel()
    with pytest.raises(asyncio.CancelledError):
        await loop
    await verifier.close()
    await own.close()


def test_pauses_double_up_to_the_longest() -> None:
    settings = NotifySettings(retry_first=10, retry_longest=100)
    longest = [10.0, 20.0, 40.0, 80.0, 100.0, 100.0]
    for attempt, most in enumerate(longest, start=1):
        pauses = {pause(attempt, settings) for _ in range(50)}
        assert most / 2 <= min(pauses) < max(pauses) <= most
