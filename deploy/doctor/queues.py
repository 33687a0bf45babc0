"""RabbitMQ as every process sees it: its version, and whether each consumer's queue is as declared and listened to."""

import asyncio

from aio_pika.abc import AbstractConnection, AbstractQueue
from aio_pika.exceptions import AMQPError, ChannelNotFoundEntity, ChannelPreconditionFailed

from chassis.bus.broker import connected
from chassis.bus.subscriber import Subscriber
from chassis.bus.topology import NotDeclared, dead_queue_of, declare_queue, require_declared
from deploy.doctor.deployment import Deployment
from deploy.doctor.finding import Finding, good, missing, short, wrong
from deploy.queues import subscribers
from deploy.stack.broker import LEAST_VERSION

PATIENCE = 15


async def look_at_queues(deployment: Deployment) -> list[Finding]:
    if deployment.broker is None:
        return []
    try:
        async with asyncio.timeout(PATIENCE), connected(deployment.broker, "doctor") as connection:
            found = [_version(connection), *await _declared(connection, deployment)]
            for subscriber in subscribers():
                found += await _look_at(connection, subscriber, deployment)
    except (OSError, AMQPError, TimeoutError) as error:
        mend = f"{deployment.start}, or set LIAISON_BROKER_URL"
        return [missing("RabbitMQ", f"does not answer: {short(error)}", mend)]
    if not any(finding.is_bad for finding in found):
        found.append(good("queues", f"all {len(subscribers())} are as declared"))
    return found


def _version(connection: AbstractConnection) -> Finding:
    properties = connection.transport.connection.server_properties if connection.transport else {}
    version = _text(properties.get("version"))
    if tuple(int(part) for part in version.split(".")[:2]) < LEAST_VERSION:
        return wrong(
            "RabbitMQ", f"{version} is too old", "upgrade it to 3.10 or newer, one minor version after another"
        )
    return good("RabbitMQ", f"answers, version {version}")


def _text(value: object) -> str:
    return value.decode() if isinstance(value, bytes) else str(value)


async def _declared(connection: AbstractConnection, deployment: Deployment) -> list[Finding]:
    try:
        async with connection.channel() as channel:
            await require_declared(channel)
    except NotDeclared:
        return [missing("queues", "were never all declared: relays publish nothing", _declare(deployment))]
    return []


async def _look_at(connection: AbstractConnection, subscriber: Subscriber, deployment: Deployment) -> list[Finding]:
    subject = f"queue {subscriber.name}"
    queue = await _ask(connection, subscriber.name)
    dead = await _ask(connection, dead_queue_of(subscriber.name))
    if queue is None or dead is None:
        lost = f"queue {subscriber.name if queue is None else dead_queue_of(subscriber.name)}"
        return [missing(lost, "is not there: what should come to it is lost", _declare(deployment))]
    found = await _as_declared(connection, subscriber)
    if deployment.processes and not queue.declaration_result.consumer_count:
        what = f"nobody listens, {queue.declaration_result.message_count} events wait"
        found.append(wrong(subject, what, f"start {_process(subscriber)}; if it runs, its log says why"))
    if letters := dead.declaration_result.message_count:
        found.append(wrong(subject, f"{letters} dead letters", f"liaison dead-letters look {subscriber.name}"))
    return found


async def _ask(connection: AbstractConnection, name: str) -> AbstractQueue | None:
    """In a channel of its own: asking for what isn't there closes it."""
    try:
        async with connection.channel() as channel:
            return await channel.declare_queue(name, passive=True)
    except ChannelNotFoundEntity:
        return None


async def _as_declared(connection: AbstractConnection, subscriber: Subscriber) -> list[Finding]:
    """Declares it once more, which changes nothing: a broker refuses where type, limits or dead letters differ."""
    try:
        async with connection.channel() as channel:
            await declare_queue(channel, subscriber.name, ())
    except ChannelPreconditionFailed as error:
        mend = f"when it is empty: stop {_process(subscriber)} and all relays, delete it, liaison migrate, start them"
        return [wrong(f"queue {subscriber.name}", f"was declared otherwise: {short(error)}", mend)]
    return []


def _process(subscriber: Subscriber) -> str:
    """Queues begin with the name of the process that listens to them."""
    return subscriber.name.partition(".")[0]


def _declare(deployment: Deployment) -> str:
    return deployment.start if deployment.prepared else "liaison migrate"
