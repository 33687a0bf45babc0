"""A broker that still holds events of the time after the backup would tell them to who has forgotten their cause."""

from aio_pika.abc import AbstractConnection
from aio_pika.exceptions import ChannelNotFoundEntity

from chassis.bus.broker import connected
from chassis.bus.topology import dead_queue_of
from deploy.backup.refused import Refused
from deploy.queues import subscribers


async def require_silence(broker_url: str) -> None:
    async with connected(broker_url, "restore") as connection:
        for subscriber in subscribers():
            for queue in (subscriber.name, dead_queue_of(subscriber.name)):
                if waiting := await _depth(connection, queue):
                    raise Refused(f"{waiting} messages wait in the queue {queue}: empty the broker first")


async def _depth(connection: AbstractConnection, queue: str) -> int:
    channel = await connection.channel()
    try:
        found = await channel.declare_queue(queue, passive=True)
    except ChannelNotFoundEntity:
        return 0
    await channel.close()
    return found.declaration_result.message_count or 0
