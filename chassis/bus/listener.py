"""A consumer without a database: it passes facts on."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any, overload

from chassis.bus import traces
from chassis.bus.envelope import Envelope
from chassis.bus.subscriber import Delivery, E, H, Subscriber
from chassis.context import acting
from contracts.events import Event

Reaction = Callable[[Envelope, E], Awaitable[None]]


class Listener(Subscriber):
    """Reacts to `concurrency` subjects at once; the events of one subject come in order, one after another.

    A message is acknowledged after its handler. It may come again, so a handler must be idempotent. `Later` raised by
    a handler asks for another attempt, as often as it takes; any other error is retried a few times.
    """

    def __init__(self, name: str, *, concurrency: int = 32) -> None:
        super().__init__(name, batch=1, linger=0, width=concurrency, prefetch=4 * concurrency)

    @overload
    def on(self, event_type: type[E], /) -> Callable[[Reaction[E]], Reaction[E]]: ...
    @overload
    def on(self, event_type: type[Event], other: type[Event], /, *more: type[Event]) -> Callable[[H], H]: ...
    def on(self, *event_types: type[Event]) -> Callable[[Any], Any]:
        """Decorator of `async def handler(envelope, event)`."""
        return self._register(event_types)

    async def work(self, deliveries: Sequence[Delivery]) -> None:
        for delivery in deliveries:
            envelope = delivery.envelope
            with acting(self.actor, envelope.correlation_id), traces.handling(self.name, envelope):
                await self._handlers[envelope.type](envelope, delivery.event)
