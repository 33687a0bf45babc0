"""Publishes events: persistent, mandatory, confirmed by the broker."""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import cast

from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import DeliveryError
from aiormq import Channel as Wire

from chassis.bus import traces
from chassis.bus.broker import connected, losses_shown
from chassis.bus.envelope import Envelope
from chassis.bus.faults import summary
from chassis.bus.topology import EVENTS, declare_events, require_declared
from chassis.bus.wire import write

IN_FLIGHT = 100
CONFIRM_WITHIN = 30.0


@dataclass
class Outcome:
    """What became of a batch: the `confirmed`, what the broker would not take, and the fault that cut it short."""

    confirmed: list[Envelope] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)
    """Subject → why its next event, and with it all later ones, could not be published."""
    lost: Exception | None = None


class Publisher:
    def __init__(self, connection: AbstractConnection, wire: Wire) -> None:
        self._connection = connection
        self._wire = wire
        self._in_flight = asyncio.Semaphore(IN_FLIGHT)

    async def require_queues(self) -> None:
        """Raises `NotDeclared` while consumers may be without a queue: what is published then is lost to them."""
        with losses_shown():
            async with self._connection.channel() as channel:
                await require_declared(channel)

    async def publish(self, envelope: Envelope) -> None:
        """Returns when all queues have it on disk. `DeliveryError`: nobody listens to its type, or it was refused."""
        async with self._in_flight:
            with losses_shown(), traces.publishing(envelope) as traceparent:
                message = write(envelope, traceparent)
                # Without waiting until it is sent: what is in flight goes out in few packets.
                await self._wire.basic_publish(
                    message.body,
                    exchange=EVENTS,
                    routing_key=envelope.type,
                    properties=message.properties,
                    mandatory=True,
                    timeout=CONFIRM_WITHIN,
                    wait=False,
                )

    async def publish_all(self, envelopes: Sequence[Envelope]) -> Outcome:
        """Many at once. Of one subject only one is under way, so that a refusal can't turn its order around."""
        outcome = Outcome()
        by_subject: defaultdict[str, list[Envelope]] = defaultdict(list)
        for envelope in envelopes:
            by_subject[envelope.subject].append(envelope)
        await asyncio.gather(*(self._publish_subject(chain, outcome) for chain in by_subject.values()))
        return outcome

    async def _publish_subject(self, chain: Sequence[Envelope], outcome: Outcome) -> None:
        for envelope in chain:
            if outcome.lost:
                return
            try:
                await self.publish(envelope)
            except DeliveryError as error:
                outcome.refused[envelope.subject] = f"{envelope.type}: {summary(error)}"
                return
            except Exception as error:
                outcome.lost = error
                return
            outcome.confirmed.append(envelope)


@asynccontextmanager
async def publisher(url: str, name: str) -> AsyncIterator[Publisher]:
    """A publisher with a connection of its own."""
    async with connected(url, name) as connection:
        channel = await connection.channel(on_return_raises=True)
        await declare_events(channel)
        yield Publisher(connection, cast(Wire, await channel.get_underlay_channel()))
