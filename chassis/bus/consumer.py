"""A consumer that writes what it does about events into its service's database."""

from collections.abc import Awaitable, Callable, Sequence
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
BatchHandler = Callable[[AsyncSession, Sequence[Envelope]], Awaitable[None]]


class Consumer(Subscriber):
    """Handles up to `batch` messages in one transaction of the service's database, each event once (inbox).

    If the transaction fails, they are handled one by one. Events of one subject keep their order: while one is being
    retried, later ones of its subject wait behind it and others go on.
    """

    def __init__(self, name: str, *, batch: int = 50, linger: float = 0.1) -> None:
        super().__init__(name, batch=batch, linger=linger, width=3, prefetch=2 * batch)
        self._every: BatchHandler | None = None

    @overload
    def on(self, event_type: type[E], /) -> Callable[[Handler[E]], Handler[E]]: ...
    @overload
    def on(self, event_type: type[Event], other: type[Event], /, *more: type[Event]) -> Callable[[H], H]: ...
    def on(self, *event_types: type[Event]) -> Callable[[Any], Any]:
        """Decorator of `async def handler(session, event, envelope)`. It must not commit."""
        return self._register(event_types)

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
        for delivery in deliveries:
            envelope = delivery.envelope
            with acting(self.actor, envelope.correlation_id), traces.handling(self.name, envelope):
                await self._handlers[envelope.type](session, delivery.event, envelope)

    async def _handle_every(self, session: AsyncSession, envelopes: Sequence[Envelope], handler: BatchHandler) -> None:
        if envelopes:
            with acting(self.actor), traces.handling_batch(self.name, envelopes):
                await handler(session, envelopes)
