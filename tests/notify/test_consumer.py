"""Events come over the real broker; one that comes twice makes its messages once."""

import asyncio

import pytest

from chassis.bus import declare, publisher, run_consumers
from services.notify.consumers import MESSAGES
from services.notify.rules import Channel
from tests.notify.conftest import Post
from tests.notify.samples import APPROVED, OBJECTION, RETURNED, envelope_of


async def test_a_redelivered_event_makes_its_messages_once(post: Post, vhost: str) -> None:
    await declare([MESSAGES], vhost)
    consuming = asyncio.create_task(run_consumers([MESSAGES], post.database, vhost))
    first, second = envelope_of(RETURNED), envelope_of(OBJECTION)
    async with publisher(vhost, "test") as bus:
        for envelope in (first, first, envelope_of(APPROVED), first, second):
            await bus.publish(envelope)
    async with asyncio.timeout(20):
        while len(await post.messages(Channel.INBOX)) < 2:
            await asyncio.sleep(0.1)
    assert [found.event_id for found in await post.messages(Channel.INBOX)] == [first.id, second.id]
    assert len(await post.messages(Channel.EMAIL)) == 2
    consuming.cancel()
    with pytest.raises(asyncio.CancelledError):
        await consuming
