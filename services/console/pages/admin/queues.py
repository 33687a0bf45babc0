"""The queues of the platform's consumers, and what lies in their dead letters."""

from collections.abc import Awaitable
from typing import TypeVar

from aio_pika.exceptions import AMQPError

from chassis.bus import dead_letters
from contracts.model import Text
from services.console.backends import Away

QUEUES: dict[str, Text] = {
    "workflows.bridge": Text(zh="流程编排", en="Workflows"),
    "filing.status": Text(zh="申报状态", en="Status of nominations"),
    "notify.messages": Text(zh="消息通知", en="Messages and webhooks"),
    "registry.decisions": Text(zh="决定登记", en="Decisions in the registry"),
    "registry.journal": Text(zh="全程留痕", en="Journal"),
}
JOURNAL = "registry.journal"
"""What it drops is missing in the journal for ever: its letters can only be replayed."""

T = TypeVar("T")


async def count_letters(broker_url: str) -> dict[str, int]:
    """By queue; one that isn't there has none. `Away` without a broker."""
    return await at_broker(dead_letters.counts(broker_url, QUEUES))


async def at_broker(deed: Awaitable[T]) -> T:
    """`Away` while the broker doesn't answer."""
    try:
        return await deed
    except (AMQPError, OSError, TimeoutError) as error:
        raise Away("broker") from error
