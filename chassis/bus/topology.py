"""Exchanges and queues. Declared the same way by everybody, whoever comes first; serves RabbitMQ 3.10 and 4."""

from collections.abc import Iterable

from aio_pika import ExchangeType
from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractQueue
from aio_pika.exceptions import ChannelNotFoundEntity
from pamqp.common import FieldTable

EVENTS = "liaison.events"
DEAD = "liaison.dead"
DECLARED = "liaison.declared"
"""Carries nothing: that it exists says that the queues of all consumers do."""

DELIVERY_LIMIT = 100
"""Failures are retried inside the consumer: only a lost connection or a crash counts here."""


class NotDeclared(Exception):  # noqa: N818 - named for what is the case
    """Nobody has made the queues of all consumers at this broker."""

    def __init__(self) -> None:
        super().__init__("the queues are not declared yet, events would miss them: run `liaison migrate`")


def dead_queue_of(name: str) -> str:
    return f"{name}.dead"


async def declare_events(channel: AbstractChannel) -> AbstractExchange:
    """The topic exchange of all events; routing key = type."""
    return await channel.declare_exchange(EVENTS, ExchangeType.TOPIC, durable=True)


async def say_declared(channel: AbstractChannel) -> None:
    """To be said last, when every consumer has its queue."""
    await channel.declare_exchange(DECLARED, ExchangeType.FANOUT, durable=True)


async def require_declared(channel: AbstractChannel) -> None:
    """Raises `NotDeclared`; the channel is closed then."""
    try:
        await channel.declare_exchange(DECLARED, ExchangeType.FANOUT, passive=True)
    except ChannelNotFoundEntity:
        raise NotDeclared from None


async def declare_queue(channel: AbstractChannel, name: str, routing_keys: Iterable[str]) -> AbstractQueue:
    """A consumer's queue and the queue of its dead letters.

    One consumer is active at a time, so that a second process doesn't break the order of a subject: it stands by.
    """
    await declare_events(channel)
    await _declare_dead_queue(channel, name)
    arguments: FieldTable = {
        "x-queue-type": "quorum",
        "x-single-active-consumer": True,
        "x-delivery-limit": DELIVERY_LIMIT,
        "x-dead-letter-exchange": DEAD,
        "x-dead-letter-routing-key": name,
        "x-dead-letter-strategy": "at-least-once",
        "x-overflow": "reject-publish",  # at-least-once demands it
    }
    queue = await channel.declare_queue(name, durable=True, arguments=arguments)
    for key in routing_keys:
        await queue.bind(EVENTS, key)
    return queue


async def _declare_dead_queue(channel: AbstractChannel, name: str) -> None:
    await channel.declare_exchange(DEAD, ExchangeType.DIRECT, durable=True)
    # Looking at a dead letter is a delivery: without a limit of its own, RabbitMQ 4 throws it away after twenty looks.
    arguments: FieldTable = {"x-queue-type": "quorum", "x-delivery-limit": 1_000_000}
    queue = await channel.declare_queue(dead_queue_of(name), durable=True, arguments=arguments)
    await queue.bind(DEAD, name)
