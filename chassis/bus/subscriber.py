"""What every consumer is: a queue of a name, and a handler for each type of event it listens to."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from aiormq.abc import DeliveredMessage

from chassis.bus.envelope import Envelope, Unreadable
from contracts.events import Event

E = TypeVar("E", bound=Event)
H = TypeVar("H", bound=Callable[..., Awaitable[None]])


@dataclass(slots=True)
class Delivery:
    """One message on its way through a consumer. `event` is None where the consumer reads envelopes only."""

    message: DeliveredMessage
    envelope: Envelope
    event: Event | None


Work = Callable[[Sequence[Delivery]], Awaitable[None]]


class Subscriber:
    """`batch` messages are worked on together (1: never), after waiting `linger` seconds for it to fill.

    What is not worked on together goes in lanes, one a subject, `width` of them at once.
    """

    def __init__(self, name: str, *, batch: int, linger: float, width: int, prefetch: int) -> None:
        self.name = name
        self.batch = batch
        self.linger = linger
        self.width = width
        self.prefetch = prefetch
        self._handlers: dict[str, Callable[..., Awaitable[None]]] = {}

    @property
    def actor(self) -> str:
        """Who has done what a handler records."""
        return f"system:{self.name}"

    @property
    def routing_keys(self) -> list[str]:
        return sorted(self._handlers)

    def decode(self, envelope: Envelope) -> Event | None:
        """Raises `Unreadable`, also when the queue got an event this consumer has no handler for (any more)."""
        event = envelope.event()
        if envelope.type not in self._handlers:
            raise Unreadable("type", f"{self.name} has no handler for {envelope.type!r}")
        return event

    def _register(self, event_types: Sequence[type[Event]]) -> Callable[[Any], Any]:
        def register(handler: H) -> H:
            for event_type in event_types:
                if event_type.TYPE in self._handlers:
                    raise ValueError(f"{self.name} handles {event_type.TYPE} already")
                self._handlers[event_type.TYPE] = handler
            return handler

        return register
