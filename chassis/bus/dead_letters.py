"""Dead letters: messages a consumer could not read or handle. Look at them, send them back, or drop them."""

import asyncio
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage
from aio_pika.exceptions import ChannelNotFoundEntity

from chassis.bus.broker import connected
from chassis.bus.topology import dead_queue_of
from chassis.bus.wire import header_text

REASON = "liaison-reason"
REFUSED_AT = "liaison-refused-at"
ADDED = (REASON, REFUSED_AT, "x-")
"""Beginnings of headers that came on the way; a message that is sent back goes without them."""


@dataclass(frozen=True)
class DeadLetter:
    """`number` is its place in the queue. What an unreadable message doesn't say is None."""

    consumer: str
    number: int
    id: str | None
    type: str | None
    subject: str | None
    time: str | None
    reason: str
    refused_at: str | None
    size: int


Deed = Callable[[DeadLetter, AbstractIncomingMessage, AbstractChannel], Awaitable[bool]]


async def look(broker_url: str, consumer: str) -> list[DeadLetter]:
    """All dead letters of a consumer; they stay where they are."""
    letters: list[DeadLetter] = []

    async def keep(letter: DeadLetter, _message: AbstractIncomingMessage, _channel: AbstractChannel) -> bool:
        letters.append(letter)
        return False

    await _go_through(broker_url, consumer, keep)
    return letters


async def count(broker_url: str, consumer: str) -> int:
    """How many there are. `ChannelNotFoundEntity` when the consumer has no queue."""
    async with connected(broker_url, "dead letters") as connection:
        return await _count(connection, consumer)


async def counts(broker_url: str, consumers: Iterable[str]) -> dict[str, int]:
    """How many each has, over one connection; a consumer without a queue has none."""
    found = {}
    async with connected(broker_url, "dead letters") as connection:
        for consumer in consumers:
            try:
                found[consumer] = await _count(connection, consumer)
            except ChannelNotFoundEntity:
                found[consumer] = 0
    return found


async def _count(connection: AbstractConnection, consumer: str) -> int:
    """In a channel of its own: asking for a queue that isn't there closes it."""
    async with connection.channel() as channel:
        queue = await channel.declare_queue(dead_queue_of(consumer), passive=True)
        return queue.declaration_result.message_count or 0


async def replay(broker_url: str, consumer: str, ids: Collection[str] | None = None) -> int:
    """Send them (all, when `ids` is None) back to the queue of this consumer alone; returns how many."""

    async def send(letter: DeadLetter, message: AbstractIncomingMessage, channel: AbstractChannel) -> bool:
        if wanted := ids is None or letter.id in ids:
            await channel.default_exchange.publish(_stripped(message), consumer, mandatory=True, timeout=30)
        return wanted

    return await _go_through(broker_url, consumer, send)


async def drop(broker_url: str, consumer: str, ids: Collection[str] | None = None) -> int:
    """Throw them (all, when `ids` is None) away; returns how many."""

    async def throw_away(letter: DeadLetter, _message: AbstractIncomingMessage, _channel: AbstractChannel) -> bool:
        return ids is None or letter.id in ids

    return await _go_through(broker_url, consumer, throw_away)


async def _go_through(broker_url: str, consumer: str, deed: Deed) -> int:
    """Take out those for which `deed` says True, and put the others back; returns how many were taken out."""
    taken, kept = 0, []
    async with (
        connected(broker_url, "dead letters") as connection,
        connection.channel(on_return_raises=True) as channel,
    ):
        queue = await channel.declare_queue(dead_queue_of(consumer), passive=True)
        for number in range(1, (queue.declaration_result.message_count or 0) + 1):
            message = await queue.get(fail=False)
            if message is None:
                break
            if await deed(_letter(consumer, number, message), message, channel):
                await message.ack()
                taken += 1
            else:
                kept.append(message)
        await _put_back(channel, kept, queue.name)
    return taken


async def _put_back(channel: AbstractChannel, kept: Sequence[AbstractIncomingMessage], queue: str) -> None:
    """Returns when they lie in the queue again, so that the next look finds them."""
    for message in kept:
        await message.nack(requeue=True)
    for _ in range(100):
        count = (await channel.declare_queue(queue, passive=True)).declaration_result.message_count or 0
        if count >= len(kept):
            return
        await asyncio.sleep(0.05)


def _letter(consumer: str, number: int, message: AbstractIncomingMessage) -> DeadLetter:
    headers = message.headers
    return DeadLetter(
        consumer=consumer,
        number=number,
        id=message.message_id,
        type=header_text(headers, "type"),
        subject=header_text(headers, "subject"),
        time=header_text(headers, "time"),
        reason=str(headers.get(REASON) or headers.get("x-first-death-reason") or "unknown"),
        refused_at=str(headers[REFUSED_AT]) if REFUSED_AT in headers else None,
        size=message.body_size,
    )


def _stripped(message: AbstractIncomingMessage) -> Message:
    headers: dict[str, Any] = {key: value for key, value in message.headers.items() if not key.startswith(ADDED)}
    return Message(
        message.body,
        headers=headers,
        content_type=message.content_type,
        delivery_mode=DeliveryMode.PERSISTENT,
        message_id=message.message_id,
    )
