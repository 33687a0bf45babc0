"""One connection to RabbitMQ."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress

import aio_pika
from aio_pika.abc import AbstractConnection
from pamqp.common import FieldTable

HEARTBEAT = 20
PATIENCE = 10.0


@asynccontextmanager
async def connected(url: str, name: str) -> AsyncIterator[AbstractConnection]:
    """Open until the block ends. It does not come back by itself: whoever uses it begins anew on another one.

    A channel's delivery tags and unconfirmed messages die with it, so a silent reconnection would only hide their loss.
    """
    properties: FieldTable = {"connection_name": f"liaison {name}"}
    with losses_shown():
        connection = await aio_pika.connect(url, timeout=PATIENCE, heartbeat=HEARTBEAT, client_properties=properties)
        try:
            yield connection
        finally:
            with suppress(Exception), losses_shown():  # it may be gone
                await connection.close()


@contextmanager
def losses_shown() -> Iterator[None]:
    """A channel that closes cancels what waits on it, as if that task itself had been cancelled: tell them apart."""
    try:
        yield
    except asyncio.CancelledError:
        task = asyncio.current_task()
        if task is not None and task.cancelling():
            raise
        raise ConnectionError("the channel was closed") from None
