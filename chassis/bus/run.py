"""Keeps consumers running, over all that may happen to the broker."""

import asyncio
from collections.abc import Sequence
from typing import Any

import structlog
from aio_pika.abc import AbstractConnection

from chassis.bus import metrics
from chassis.bus.broker import connected, losses_shown
from chassis.bus.consumer import Consumer
from chassis.bus.faults import Backoff, is_passing, summary
from chassis.bus.intake import Intake
from chassis.bus.listener import Listener
from chassis.bus.subscriber import Subscriber, Work
from chassis.bus.topology import dead_queue_of, declare_queue, say_declared
from chassis.bus.worker import Worker
from chassis.db import Database

COUNT_EVERY = 15.0
log = structlog.get_logger("bus")


async def run_consumers(consumers: Sequence[Consumer], database: Database, broker_url: str) -> None:
    """Run until cancelled; what is under way is finished and acknowledged first."""
    await _keep_running({consumer: consumer.working_on(database) for consumer in consumers}, broker_url)


async def run_listener(listener: Listener, broker_url: str) -> None:
    """Run until cancelled; what is under way is finished and acknowledged first."""
    await _keep_running({listener: listener.work}, broker_url)


async def declare(subscribers: Sequence[Subscriber], broker_url: str) -> None:
    """Make the queues of all there are, and say so: relays wait for it, as a queue misses what was published before."""
    async with connected(broker_url, "declare") as connection, connection.channel() as channel:
        for subscriber in subscribers:
            await declare_queue(channel, subscriber.name, subscriber.routing_keys)
        await say_declared(channel)


async def _keep_running(works: dict[Subscriber, Work], url: str) -> None:
    backoff = Backoff(cap=2)
    name = ", ".join(subscriber.name for subscriber in works)
    while True:
        try:
            async with connected(url, name) as connection:
                backoff.reset()
                log.info("consuming", consumers=name)
                async with asyncio.TaskGroup() as group:
                    group.create_task(_count_messages(connection, [subscriber.name for subscriber in works]))
                    for subscriber, work in works.items():
                        group.create_task(_consume(connection, subscriber, work))
        except Exception as error:  # whatever it is, events wait in their queues until it is over
            cause = error.exceptions[0] if isinstance(error, ExceptionGroup) else error
            seconds = backoff.next()
            note = log.warning if is_passing(cause) else log.error
            note("broker_lost", consumers=name, seconds=round(seconds, 2), why=summary(cause))
            await asyncio.sleep(seconds)


async def _consume(connection: AbstractConnection, subscriber: Subscriber, work: Work) -> None:
    """Ends only by an error, or by being cancelled."""
    with losses_shown():
        intake = await Intake.open(connection, subscriber)
        metrics.OLDEST.labels(subscriber.name).set_function(intake.oldest)
        worker = Worker(subscriber, intake, work)
        running = asyncio.create_task(worker.run())
        try:
            ends: tuple[asyncio.Future[Any], ...] = (running, intake.lost)
            await asyncio.wait(ends, return_when=asyncio.FIRST_COMPLETED)
            cause = running.exception() if running.done() else intake.lost.result()
            raise ConnectionError(f"the channel of {subscriber.name} was lost: {cause!r}") from cause
        finally:
            await worker.stop(running)
            await intake.close()


async def _count_messages(connection: AbstractConnection, names: Sequence[str]) -> None:
    with losses_shown():
        async with connection.channel() as channel:
            for name in names:
                await declare_queue(channel, name, ())
            while True:
                for name in names:
                    for gauge, queue in ((metrics.DEPTH, name), (metrics.DEAD_LETTERS, dead_queue_of(name))):
                        found = await channel.declare_queue(queue, passive=True)
                        gauge.labels(name).set(found.declaration_result.message_count or 0)
                await asyncio.sleep(COUNT_EVERY)
