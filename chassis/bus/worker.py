"""Takes messages from an intake, has them worked on, and settles them: acknowledged, or refused."""

import asyncio
from collections.abc import Sequence
from contextlib import suppress

import structlog
from aiormq.abc import DeliveredMessage

from chassis.bus import metrics
from chassis.bus.envelope import Unreadable
from chassis.bus.faults import Backoff, Later, is_passing, summary
from chassis.bus.intake import Intake
from chassis.bus.lanes import Lanes
from chassis.bus.subscriber import Delivery, Subscriber, Work
from chassis.bus.wire import read
from chassis.clock import now

ATTEMPTS = 6
"""How often a message may fail by its own fault; the waits between them add up to three seconds."""

CRASHES = 3
"""A message delivered more often than this may be what brings the process down: it is worked on apart."""

GRACE = 10.0
QUIET = 2.0
log = structlog.get_logger("bus")


class Worker:
    def __init__(self, subscriber: Subscriber, intake: Intake, work: Work) -> None:
        self._subscriber = subscriber
        self._intake = intake
        self._work = work
        self._lanes = Lanes(self._settle, intake.fail)
        self._width = asyncio.Semaphore(subscriber.width)
        self._stopping = asyncio.Event()
        self._quiet_until = 0.0

    async def run(self) -> None:
        """Until `stop`."""
        subscriber = self._subscriber
        limit = subscriber.batch if subscriber.batch > 1 else subscriber.prefetch
        while messages := await self._intake.take(limit, subscriber.linger):
            apart = subscriber.batch == 1 or any(_deliveries(message) > CRASHES for message in messages)
            together = []
            for delivery in await self._read(messages):
                if apart or delivery.envelope.subject in self._lanes:
                    self._lanes.add(delivery)
                else:
                    together.append(delivery)
            if together:
                await self._settle_together(together)

    async def stop(self, running: asyncio.Task[None]) -> None:
        """What is being worked on is finished and acknowledged, `GRACE` seconds at most."""
        self._stopping.set()
        self._intake.stop()
        tasks = {running, *self._lanes.tasks}
        _, late = await asyncio.wait(tasks, timeout=GRACE)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    async def _read(self, messages: Sequence[DeliveredMessage]) -> list[Delivery]:
        """The readable ones; the others go to the dead letters at once."""
        deliveries = []
        for message in messages:
            properties = message.header.properties
            try:
                envelope = read(properties.headers, properties.content_type, message.body)
                deliveries.append(Delivery(message, envelope, self._subscriber.decode(envelope)))
            except Unreadable as error:
                await self._refuse(message, error)
        return deliveries

    async def _settle_together(self, deliveries: Sequence[Delivery]) -> None:
        backoff = Backoff()
        while not self._stopping.is_set():
            error = await self._try(deliveries)
            if error is None:
                return
            if not is_passing(error) or isinstance(error, Later):
                log.warning(
                    "batch_taken_apart", consumer=self._subscriber.name, size=len(deliveries), why=summary(error)
                )
                for delivery in deliveries:
                    self._lanes.add(delivery)
                return
            await self._pause(error, backoff)

    async def _settle(self, delivery: Delivery) -> bool:
        backoff, attempts = Backoff(), 0
        while True:
            async with self._width:
                if self._stopping.is_set():
                    return False
                error = await self._try([delivery])
            if error is None:
                return True
            attempts += not is_passing(error)
            if isinstance(error, Unreadable) or attempts >= ATTEMPTS:
                await self._refuse(delivery.message, error, attempts)
                return True
            await self._pause(error, backoff, delivery)

    async def _try(self, deliveries: Sequence[Delivery]) -> Exception | None:
        try:
            await self._work(deliveries)
        except Exception as error:  # every failure has its way: waited out, retried or refused
            return error
        await self._intake.settle([delivery.message for delivery in deliveries])
        self._count(deliveries)
        return None

    async def _pause(self, error: Exception, backoff: Backoff, delivery: Delivery | None = None) -> None:
        seconds = backoff.next()
        metrics.RETRIED.labels(self._subscriber.name).inc()
        self._tell(error, seconds, delivery)
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    def _tell(self, error: Exception, seconds: float, delivery: Delivery | None) -> None:
        """A fault that passes holds up all lanes: one of them says so, now and then."""
        time = asyncio.get_running_loop().time()
        if is_passing(error):
            if time < self._quiet_until:
                return
            self._quiet_until = time + QUIET
        about = {"event_id": str(delivery.envelope.id), "type": delivery.envelope.type} if delivery else {}
        why = summary(error)
        log.warning("consumer_waits", consumer=self._subscriber.name, seconds=round(seconds, 2), why=why, **about)

    async def _refuse(self, message: DeliveredMessage, error: Exception, attempts: int = 1) -> None:
        unreadable = isinstance(error, Unreadable)
        reason = f"unreadable: {error}" if unreadable else f"failed {attempts} times: {summary(error)}"
        metrics.REFUSED.labels(self._subscriber.name, "unreadable" if unreadable else "failed").inc()
        if not unreadable:
            log.error("handler_failed", consumer=self._subscriber.name, exc_info=error)
        await self._intake.refuse(message, reason)

    def _count(self, deliveries: Sequence[Delivery]) -> None:
        name, time = self._subscriber.name, now()
        lag = metrics.LAG.labels(name)
        for delivery in deliveries:
            metrics.HANDLED.labels(name, delivery.envelope.type).inc()
            lag.observe((time - delivery.envelope.time).total_seconds())


def _deliveries(message: DeliveredMessage) -> int:
    """How often it was delivered before, as quorum queues count it."""
    count = (message.header.properties.headers or {}).get("x-delivery-count", 0)
    return count if isinstance(count, int) else 0
