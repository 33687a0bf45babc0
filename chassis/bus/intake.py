"""The open channel of one consumer: what came in, what is not settled yet, and how a message is settled."""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from time import monotonic
from typing import Any

import structlog
from aio_pika import DeliveryMode, Message
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange
from aiormq.abc import AbstractChannel as Wire
from aiormq.abc import DeliveredMessage

from chassis.bus import dead_letters
from chassis.bus.broker import losses_shown
from chassis.bus.subscriber import Subscriber
from chassis.bus.topology import DEAD, declare_queue
from chassis.bus.wire import header_text
from chassis.clock import now

log = structlog.get_logger("bus")


class Intake:
    """Lives as long as its channel. When that is lost, what was not acknowledged comes again on another one."""

    def __init__(self, name: str, channel: AbstractChannel, wire: Wire, dead: AbstractExchange) -> None:
        self.name = name
        self._channel = channel
        self._wire = wire
        self._dead = dead
        self._arrived = asyncio.Event()
        self._acknowledging = asyncio.Lock()
        self._waiting: deque[DeliveredMessage] = deque()
        self._unsettled: dict[int, float] = {}
        self._stopped = False
        self.lost: asyncio.Future[BaseException | None] = asyncio.get_running_loop().create_future()

    @classmethod
    async def open(cls, connection: AbstractConnection, subscriber: Subscriber) -> "Intake":
        """Declares the queue, so that it is there from the first start on."""
        with losses_shown():
            channel = await connection.channel(on_return_raises=True)
            await declare_queue(channel, subscriber.name, subscriber.routing_keys)
            dead = await channel.get_exchange(DEAD, ensure=False)
            await channel.set_qos(prefetch_count=subscriber.prefetch)
            wire = await channel.get_underlay_channel()
            intake = cls(subscriber.name, channel, wire, dead)
            channel.close_callbacks.add(lambda _channel, error: intake.fail(error))
            wire.on_consumer_cancel_callbacks.add(
                lambda _frame: intake.fail(ConnectionError("cancelled by the broker"))
            )
            # The channel of aiormq itself: an aio-pika message costs a second task and as much CPU as all the rest.
            await wire.basic_consume(subscriber.name, intake._take_in)
            return intake

    async def _take_in(self, message: DeliveredMessage) -> None:
        self._unsettled[tag_of(message)] = monotonic()
        self._waiting.append(message)
        self._arrived.set()

    async def take(self, limit: int, linger: float) -> list[DeliveredMessage]:
        """Up to `limit` messages in order, as soon as there are any. Empty only after `stop()`."""
        while not self._waiting and not self._stopped:
            self._arrived.clear()
            await self._arrived.wait()
        if linger and len(self._waiting) < limit and not self._stopped:
            await asyncio.sleep(linger)
        if self._stopped:
            return []
        return [self._waiting.popleft() for _ in range(min(limit, len(self._waiting)))]

    async def settle(self, messages: Sequence[DeliveredMessage]) -> None:
        """Acknowledge: in one frame when nothing older is still open.

        One at a time: a frame for one message that came behind a frame for all up to it would end the channel.
        """
        tags = [tag_of(message) for message in messages]
        async with self._acknowledging:
            for tag in tags:
                del self._unsettled[tag]
            oldest = next(iter(self._unsettled), None)
            if oldest is None or oldest > tags[-1]:
                await self._acknowledge(tags[-1], multiple=True)
                return
            for tag in tags:
                await self._acknowledge(tag, multiple=False)

    async def _acknowledge(self, tag: int, *, multiple: bool) -> None:
        if not self.lost.done() and not self._wire.is_closed:
            await self._wire.basic_ack(tag, multiple=multiple, wait=False)

    async def refuse(self, message: DeliveredMessage, reason: str) -> None:
        """Put it among the dead letters, with the reason, and only then acknowledge."""
        properties = message.header.properties
        headers: dict[str, Any] = dict(properties.headers or {})
        headers |= {dead_letters.REASON: reason, dead_letters.REFUSED_AT: now().isoformat()}
        copy = Message(
            message.body,
            headers=headers,
            content_type=properties.content_type,
            delivery_mode=DeliveryMode.PERSISTENT,
            message_id=properties.message_id,
        )
        with losses_shown():
            await self._dead.publish(copy, self.name, mandatory=True, timeout=30)
        log.error(
            "message_refused",
            consumer=self.name,
            reason=reason,
            message_id=properties.message_id,
            type=header_text(headers, "type"),
            subject=header_text(headers, "subject"),
        )
        await self.settle([message])

    def oldest(self) -> float:
        """Seconds since the oldest message in hand came in; 0 when there is none."""
        came_in = None if self.lost.done() or self._wire.is_closed else next(iter(self._unsettled.values()), None)
        return 0.0 if came_in is None else monotonic() - came_in

    def fail(self, error: BaseException | None) -> None:
        if not self.lost.done():
            self.lost.set_result(error)

    def stop(self) -> None:
        """No more messages are handed out. What was not settled goes back to the queue, in its place, by `close`."""
        self._stopped = True
        self._arrived.set()

    async def close(self) -> None:
        with suppress(Exception), losses_shown():  # it may be gone
            await self._channel.close()


def tag_of(message: DeliveredMessage) -> int:
    return message.delivery.delivery_tag  # type: ignore[union-attr, return-value]
