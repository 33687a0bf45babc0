"""A consumer that writes what it does about events into its service's database."""

from collections import Counter
from collections.abc import Awaitable, Callable, Sequence
from contextlib import ExitStack
from typing import Any, overload

import orjson
from sqlalchemy.ext.asyncio import AsyncSession

from chassis.bus import traces
from chassis.bus.envelope import Envelope, Unreadable
from chassis.bus.subscriber import Delivery, E, H, Subscriber, Work
from chassis.context import acting
from chassis.db import Database
from chassis.inbox import unseen
from contracts.events import Event

Handler = Callable[[AsyncSession, E, Envelope], Awaitable[None]]
HandlerOfMany = Callable[[AsyncSession, Sequence[E]], Awaitable[None]]
BatchHandler = Callable[[AsyncSession, Sequence[Envelope]], Awaitable[None]]


class Consumer(Subscriber):
    """Handles up to `batch` messages in one transaction of the service's database, each event once (inbox).

    If the transaction fails, they are handled one by one. Events of one subject keep their order: while one is being
    retried, later ones of its subject wait behind it and others go on. Between subjects there is no order.
    """

    def __init__(self, name: str, *, batch: int = 50, linger: float = 0.1) -> None:
        super().__init__(name, batch=batch, linger=linger, width=3, prefetch=2 * batch)
        self._together: set[str] = set()
        self._every: BatchHandler | None = None

    @overload
    def on(self, event_type: type[E], /) -> Callable[[Handler[E]], Handler[E]]: ...
    @overload
    def on(self, event_type: type[Event], other: type[Event], /, *more: type[Event]) -> Callable[[H], H]: ...
    def on(self, *event_types: type[Event]) -> Callable[[Any], Any]:
        """Decorator of `async def handler(session, event, envelope)`. It must not commit."""
        return self._register(event_types)

    def on_many(self, event_type: type[E], /) -> Callable[[HandlerOfMany[E]], HandlerOfMany[E]]:
        """Decorator of `async def handler(session, events)`: all events of the type in a batch, of as many subjects.

        What it records is not of the correspondence of any of them.
        """
        self._together.add(event_type.TYPE)
        return self._register([event_type])

    def on_every(self) -> Callable[[BatchHandler], BatchHandler]:
        """Decorator of `async def handler(session, envelopes)`, which gets every event of every service, also of types
        this version doesn't know: only that the body is JSON is sure. It takes the place of all `on`.
        """

        def register(handler: BatchHandler) -> BatchHandler:
            self._every = handler
            return handler

        return register

    @property
    def routing_keys(self) -> list[str]:
        return ["#"] if self._every else super().routing_keys

    def decode(self, envelope: Envelope) -> Event | None:
        if self._every is None:
            return super().decode(envelope)
        try:
            orjson.loads(envelope.data)
        except orjson.JSONDecodeError as error:
            raise Unreadable("body", error.msg) from None
        return None

    def working_on(self, database: Database) -> Work:
        """All deliveries in one transaction; those in the inbox already are passed over."""

        async def work(deliveries: Sequence[Delivery]) -> None:
            async with database.transaction() as session:
                new = await unseen(session, self.name, [delivery.envelope.id for delivery in deliveries])
                fresh = {delivery.envelope.id: delivery for delivery in deliveries if delivery.envelope.id in new}
                await self._handle(session, list(fresh.values()))

        return work

    async def _handle(self, session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
        if self._every:
            await self._handle_every(session, [delivery.envelope for delivery in deliveries], self._every)
            return
        for group in in_turn(deliveries):
            if group[0].envelope.type in self._together:
                await self._handle_together(session, group)
                continue
            for delivery in group:
                await self._handle_one(session, delivery)

    async def _handle_one(self, session: AsyncSession, delivery: Delivery) -> None:
        envelope = delivery.envelope
        with acting(self.actor, envelope.correlation_id), traces.handling(self.name, envelope):
            await self._handlers[envelope.type](session, delivery.event, envelope)

    async def _handle_together(self, session: AsyncSession, deliveries: Sequence[Delivery]) -> None:
        """Each event's trace shows it."""
        handler = self._handlers[deliveries[0].envelope.type]
        with acting(self.actor), ExitStack() as spans:
            for delivery in deliveries:
                spans.enter_context(traces.handling(self.name, delivery.envelope))
            await handler(session, [delivery.event for delivery in deliveries])

    async def _handle_every(self, session: AsyncSession, envelopes: Sequence[Envelope], handler: BatchHandler) -> None:
        if envelopes:
            with acting(self.actor), traces.handling_batch(self.name, envelopes):
                await handler(session, envelopes)


def in_turn(deliveries: Sequence[Delivery]) -> list[list[Delivery]]:
    """Groups of one type and of different subjects. In order, they keep the order of every subject."""
    groups: dict[tuple[int, str], list[Delivery]] = {}
    seen: Counter[str] = Counter()
    for delivery in deliveries:
        envelope = delivery.envelope
        groups.setdefault((seen[envelope.subject], envelope.type), []).append(delivery)
        seen[envelope.subject] += 1
    return [groups[turn] for turn in sorted(groups, key=lambda turn: turn[0])]
